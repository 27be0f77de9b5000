import type { ReactNode } from 'react';
import type { FactLine } from './engine.view-model.ts';

/** Facts one under the other, names at the left. */
export function FactList({
  lines,
  children,
}: {
  readonly lines: readonly FactLine[];
  readonly children?: ReactNode;
}) {
  return (
    <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-4 gap-y-1 text-table">
      {lines.map(({ name, value }) => (
        <div key={name} className="contents">
          <dt className="text-text-3">{name}</dt>
          <dd className="[overflow-wrap:anywhere]">{value}</dd>
        </div>
      ))}
      {children}
    </dl>
  );
}
