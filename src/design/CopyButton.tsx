import { Check, Copy } from 'lucide-react';
import { useEffect, useState } from 'react';
import { Button } from './Button.tsx';

/** How long "Copied" stays, in ms: long enough to be read, short enough not to be taken for a state. */
const copiedMs = 1600;

export interface CopyButtonProps {
  readonly text: string;
  /** Words on the button; default "Copy". */
  readonly label?: string;
}

/** Puts a text on the clipboard and says so; says "Not allowed" where the browser refuses. */
export function CopyButton({ text, label = 'Copy' }: CopyButtonProps) {
  const [state, setState] = useState<'idle' | 'copied' | 'refused'>('idle');
  useEffect(() => {
    if (state === 'idle') return;
    const timer = setTimeout(() => setState('idle'), copiedMs);
    return () => clearTimeout(timer);
  }, [state]);
  const copy = () => {
    navigator.clipboard.writeText(text).then(
      () => setState('copied'),
      () => setState('refused'),
    );
  };
  const Icon = state === 'copied' ? Check : Copy;
  return (
    <Button kind="quiet" onPress={copy} className="-ml-2.5">
      <Icon size={14} strokeWidth={1.75} aria-hidden />
      <span aria-live="polite">
        {state === 'copied' ? 'Copied' : state === 'refused' ? 'Not allowed by the browser' : label}
      </span>
    </Button>
  );
}
