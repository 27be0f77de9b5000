import { memo } from 'react';

/** One figure with what is known of it. */
export interface Figure {
  readonly name: string;
  readonly value: string;
  /** "[0.821, 0.866]"; '' without one. */
  readonly interval: string;
  /** What it says, in a few words: "0 is right". */
  readonly about: string;
}

/** Figures under each other: name, value with its interval, and what it says. */
export const FigureList = memo(function FigureList({ figures }: { readonly figures: readonly Figure[] }) {
  return (
    <dl className="grid gap-x-6 text-table">
      {figures.map(({ name, value, interval, about }) => (
        <div
          key={name}
          className="grid grid-cols-[minmax(0,1fr)_auto] items-baseline gap-x-3 border-b border-line py-1 last:border-b-0"
        >
          <dt className="text-text-2">{name}</dt>
          <dd className="text-right whitespace-nowrap">
            <span className="font-semibold">{value}</span>
            {interval !== '' && <span className="text-text-3"> {interval}</span>}
          </dd>
          <dd className="col-span-2 text-caption text-text-3">{about}</dd>
        </div>
      ))}
    </dl>
  );
});
