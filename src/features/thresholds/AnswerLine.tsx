import { memo } from 'react';
import { Answer } from '../../design/Answer.tsx';
import { type AnswerInput, answerSentence } from './answer-sentence.ts';

/** The answer sentence: numbers strong, uncertainty quiet. */
export const AnswerLine = memo(function AnswerLine(input: AnswerInput) {
  return (
    <Answer lines={input.answer.scenario === null ? 2 : 3}>
      {answerSentence(input).map((part, index) => {
        const key = `${index} ${part.tone}`;
        if (part.tone === 'strong') return <b key={key}>{part.text}</b>;
        if (part.tone === 'quiet') return <em key={key}>{part.text}</em>;
        return <span key={key}>{part.text}</span>;
      })}
    </Answer>
  );
});
