import { memo } from 'react';
import type { SentencePart } from './answer-sentence.ts';

/** The sentence that opens a part of the page: numbers strong, uncertainty quiet; a size below the page's own answer. */
export const PartSentence = memo(function PartSentence({
  parts,
}: {
  readonly parts: readonly SentencePart[];
}) {
  return (
    <p className="mb-3 max-w-[88ch] text-[16px] leading-6 text-pretty [&_b]:font-semibold [&_em]:text-text-3 [&_em]:not-italic">
      {parts.map((part, index) => {
        const key = `${index} ${part.tone}`;
        if (part.tone === 'strong') return <b key={key}>{part.text}</b>;
        if (part.tone === 'quiet') return <em key={key}>{part.text}</em>;
        return <span key={key}>{part.text}</span>;
      })}
    </p>
  );
});
