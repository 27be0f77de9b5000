import { CircleCheck, CircleDashed, OctagonX, TriangleAlert } from 'lucide-react';
import { classNames } from './class-names.ts';

export type VerdictKind = 'pass' | 'warn' | 'fail' | 'too-few';

const looks = {
  pass: { word: 'Pass', Icon: CircleCheck, colour: 'text-pass' },
  warn: { word: 'Warn', Icon: TriangleAlert, colour: 'text-warn' },
  fail: { word: 'Fail', Icon: OctagonX, colour: 'text-fail' },
  'too-few': { word: 'Not enough data', Icon: CircleDashed, colour: 'text-text-3' },
};

/** A verdict as icon, word and colour: never colour alone. `word` replaces the standard word. */
export function Verdict({ kind, word }: { readonly kind: VerdictKind; readonly word?: string }) {
  const { Icon, colour, word: standardWord } = looks[kind];
  return (
    <span
      className={classNames(
        'inline-flex items-center gap-[5px] align-[-3px] text-caption font-semibold whitespace-nowrap',
        colour,
      )}
    >
      <Icon size={14} strokeWidth={1.75} aria-hidden className="shrink-0" />
      {word ?? standardWord}
    </span>
  );
}
