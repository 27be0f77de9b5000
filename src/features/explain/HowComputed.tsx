import { memo } from 'react';
import { type ComputedFacts, computedLines } from './global/computed.view-model.ts';

/** What a reader needs to trust the figures, and to compute them again. */
export const HowComputed = memo(function HowComputed({ facts }: { readonly facts: ComputedFacts }) {
  return (
    <section aria-labelledby="how-computed" className="border-t border-line pt-3">
      <h2 id="how-computed" className="mb-1.5">
        How this was computed
      </h2>
      <dl className="grid gap-y-1.5 text-table">
        {computedLines(facts).map(({ name, value }) => (
          <div key={name} className="grid grid-cols-[104px_minmax(0,1fr)] gap-x-3">
            <dt className="text-text-3">{name}</dt>
            <dd className="[overflow-wrap:anywhere]">{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
});
