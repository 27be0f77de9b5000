import { Fragment } from 'react';

/** A file's name that may break its line where a reader would: after "_" and "-", before a dot. */
export function BreakableName({ name }: { readonly name: string }) {
  return name.split(/(?<=[_-])|(?=\.)/).map((piece, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: pieces of one name have no other identity
    <Fragment key={index}>
      {index > 0 && <wbr />}
      {piece}
    </Fragment>
  ));
}
