import type { TextRun } from './impact-view.ts';

/** A sentence: numbers strong, uncertainty quiet. */
export function TextRuns({ runs }: { readonly runs: readonly TextRun[] }) {
  return runs.map(({ text, tone }, index) => {
    const key = `${index} ${tone}`;
    if (tone === 'strong') return <b key={key}>{text}</b>;
    if (tone === 'quiet') return <em key={key}>{text}</em>;
    return <span key={key}>{text}</span>;
  });
}
