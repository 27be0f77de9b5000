import { classNames } from '../../design/class-names.ts';
import type { ImpactCard } from './impact-view.ts';

/** The four numbers, each with one plain sentence; hairlines between them. */
export function ImpactCards({
  cards,
  isStale,
}: {
  readonly cards: readonly ImpactCard[];
  readonly isStale: boolean;
}) {
  return (
    <section
      aria-label="Impact in four numbers"
      aria-busy={isStale}
      className={classNames(
        'grid grid-cols-1 border-y border-line transition-opacity duration-150 min-[480px]:grid-cols-2 desk:grid-cols-4',
        isStale && 'opacity-50',
      )}
    >
      {cards.map(({ name, value, exact, sentence }) => (
        <div
          key={name}
          className={classNames(
            'min-w-0 border-line py-3 desk:pt-3.5 desk:pb-4',
            'max-[479px]:not-first:border-t min-[480px]:max-desk:nth-[n+3]:border-t',
            'min-[480px]:max-desk:even:border-l min-[480px]:max-desk:even:pl-5 min-[480px]:max-desk:odd:pr-5',
            'desk:not-first:border-l desk:not-first:pl-5 desk:not-last:pr-5',
          )}
        >
          <h2>{name}</h2>
          <p
            title={exact}
            className="mt-1 mb-1 text-impact font-semibold tracking-[-0.028em] whitespace-nowrap max-desk:text-[28px] max-desk:leading-9"
          >
            {value}
          </p>
          <p className="max-w-[44ch] text-body text-pretty">{sentence}</p>
        </div>
      ))}
    </section>
  );
}
