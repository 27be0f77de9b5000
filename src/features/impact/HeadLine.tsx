import { Check, Copy, Printer } from 'lucide-react';
import { useEffect, useState } from 'react';
import { Button } from '../../design/Button.tsx';
import { offerCommands } from '../../state/offered-commands.ts';

export interface HeadLineProps {
  /** Which rows, which period. */
  readonly head: string;
  /** What goes on the clipboard. */
  readonly text: string;
}

const icon = { size: 14, strokeWidth: 1.75, 'aria-hidden': true } as const;

const printPage = () => window.print();

const printCommand = {
  id: 'print-impact',
  group: 'Impact',
  label: 'Print one page',
  words: 'paper pdf report',
  // A moment later: a palette that is still closing would be on the paper.
  run: () => void setTimeout(printPage, 300),
};

/** What the page is about, and the two ways to carry it away. */
export function HeadLine({ head, text }: HeadLineProps) {
  useEffect(() => offerCommands({ commands: [printCommand] }), []);
  return (
    <div className="mb-2 flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
      <p className="min-w-0 text-caption text-text-3 [overflow-wrap:anywhere]">{head}</p>
      <div className="flex shrink-0 gap-2">
        <CopyAsText text={text} />
        <Button kind="primary" onPress={printPage}>
          <Printer {...icon} />
          Print one page
        </Button>
      </div>
    </div>
  );
}

/** How long "Copied" stays, in ms. */
const copiedMs = 1600;

function CopyAsText({ text }: { readonly text: string }) {
  const [state, setState] = useState<'idle' | 'copied' | 'refused'>('idle');
  useEffect(() => {
    if (state === 'idle') return;
    const timer = setTimeout(() => setState('idle'), copiedMs);
    return () => clearTimeout(timer);
  }, [state]);
  const copy = () =>
    void navigator.clipboard.writeText(text).then(
      () => setState('copied'),
      () => setState('refused'),
    );
  return (
    <Button onPress={copy}>
      {state === 'copied' ? <Check {...icon} /> : <Copy {...icon} />}
      <span aria-live="polite">{copyWords[state]}</span>
    </Button>
  );
}

const copyWords = { idle: 'Copy as text', copied: 'Copied', refused: 'Not allowed by the browser' };
