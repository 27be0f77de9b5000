import { useState } from 'react';
import { FieldError, Input, Label, TextField } from 'react-aria-components';

export interface TextLineProps {
  readonly label: string;
  readonly value: string;
  /** A text that cannot be used is put back on leaving the field, with the reason shown until then. */
  readonly check: (text: string) => string | null;
  readonly onCommit: (text: string) => void;
}

/** A text in the side panel that takes effect on Enter or on leaving the field, not with every letter. */
export function TextLine({ label, value, check, onCommit }: TextLineProps) {
  const [draft, setDraft] = useState<string | null>(null);
  const typed = (draft ?? value).trim();
  const error = draft === null ? null : check(typed);
  const commit = () => {
    setDraft(null);
    if (error === null && typed !== value) onCommit(typed);
  };
  return (
    <TextField
      value={draft ?? value}
      onChange={setDraft}
      onBlur={commit}
      onKeyDown={(event) => {
        if (event.key === 'Enter') commit();
        if (event.key === 'Escape') setDraft(null);
      }}
      isInvalid={error !== null}
      className="mb-1 grid gap-1"
    >
      <Label className="text-table leading-4 text-text-2">{label}</Label>
      <Input className="h-7 w-full rounded-control border border-ctl bg-surface px-2 text-table font-medium outline-none focus:border-accent data-[invalid]:border-fail" />
      <FieldError className="text-caption text-fail">{error}</FieldError>
    </TextField>
  );
}
