import type { ReactNode } from 'react';

/** One line of a description list. */
export function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <>
      <dt className="text-text-3">{name}</dt>
      <dd className="break-words">{children}</dd>
    </>
  );
}
