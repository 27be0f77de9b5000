import { Fragment } from 'react';

/**
 * A file's name that may break its line where a reader would: after "_" and "-", before a dot. It is read out whole: a
 * place to break counts as a space in the name of a button.
 */
export function BreakableName({ name }: { readonly name: string }) {
  return (
    <>
      <span className="sr-only">{name}</span>
      <span aria-hidden="true">
        {name.split(/(?<=[_-])|(?=\.)/).map((piece, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: pieces of one name have no other identity
          <Fragment key={index}>
            {index > 0 && <wbr />}
            {piece}
          </Fragment>
        ))}
      </span>
    </>
  );
}
