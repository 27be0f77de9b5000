import { Contrast } from 'lucide-react';
import { useState } from 'react';
import { Button } from '../design/Button.tsx';
import { chooseTheme, shownTheme } from '../design/theme.ts';

/** Light or dark, the other one than is shown; the choice is kept. */
export function ThemeSwitch() {
  const [shown, setShown] = useState(shownTheme);
  const other = shown === 'dark' ? 'light' : 'dark';
  const change = () => {
    chooseTheme(other);
    setShown(other);
  };
  return (
    <Button kind="icon" label={`Use the ${other} theme`} onPress={change}>
      <Contrast size={16} strokeWidth={1.5} aria-hidden="true" />
    </Button>
  );
}
