import { useState } from 'react';
import { TextField } from '../../design/TextField.tsx';
import { currencyError } from './scenario-form.ts';

export interface CurrencyFieldProps {
  readonly currency: string;
  readonly onChange: (currency: string) => void;
}

/** Three letters or none; letters that are no code yet change nothing. */
export function CurrencyField({ currency, onChange }: CurrencyFieldProps) {
  const [typed, setTyped] = useState<{ readonly code: string; readonly instead: string } | null>(null);
  const standing = typed !== null && typed.instead === currency ? typed.code : currency;
  const change = (text: string) => {
    const code = text.toUpperCase();
    if (currencyError(code) === null) {
      setTyped(null);
      onChange(code);
    } else setTyped({ code, instead: currency });
  };
  return (
    <TextField
      label="Currency"
      value={standing}
      onChange={change}
      placeholder="of the file"
      error={standing.length < 3 && standing.length > 0 ? null : currencyError(standing)}
      className="min-h-9 grid-cols-[1fr_104px] items-center"
    />
  );
}
