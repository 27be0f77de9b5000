import { useState } from 'react';
import { TextField } from '../../design/TextField.tsx';
import { useProfile } from '../../state/profile.ts';

/** The name that goes into the registry with every change; kept in this browser. */
export function SignedAs() {
  const { name, rename } = useProfile();
  const [typed, setTyped] = useState(name);
  return (
    <TextField
      label="Signed as"
      value={typed}
      onChange={(text) => {
        setTyped(text);
        rename(text);
      }}
      className="max-w-60"
    />
  );
}
