import type { AnswerPart } from './model-answer.view-model.ts';

/** The pieces of a sentence in the type of an answer. */
export function AnswerText({ parts }: { readonly parts: readonly AnswerPart[] }) {
  return parts.map(({ text, tone }, index) => {
    // biome-ignore lint/suspicious/noArrayIndexKey: pieces of one sentence have no other identity
    if (tone === 'strong') return <b key={index}>{text}</b>;
    // biome-ignore lint/suspicious/noArrayIndexKey: as above
    if (tone === 'quiet') return <em key={index}>{text}</em>;
    return text;
  });
}
