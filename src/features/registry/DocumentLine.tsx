import type { ReactNode } from 'react';
import { asCutlineError } from '../../contracts/error-data.ts';
import type { DocumentEntry } from '../../contracts/registry/documents.ts';
import { formatCount } from '../../design/format.ts';
import { momentText } from './moment.ts';

export interface DocumentLineProps {
  readonly entry: DocumentEntry;
  /** What it holds, in a few words. */
  readonly detail?: string;
  /** Why the last thing that was done with it did not work. */
  readonly error: Error | null;
  /** Buttons. */
  readonly children: ReactNode;
}

/** A document of the registry in a list: name, revision, who saved it when, what can be done with it. */
export function DocumentLine({ entry, detail, error, children }: DocumentLineProps) {
  const problem = error === null ? null : asCutlineError(error);
  return (
    <li className="flex flex-wrap items-center gap-x-3 py-1.5">
      <div className="min-w-0 flex-1 basis-48">
        <p className="text-table font-medium">{entry.name}</p>
        {detail !== undefined && <p className="text-caption text-text-2">{detail}</p>}
        <p className="text-caption text-text-3">
          Revision {formatCount(entry.revision)}, {momentText(entry.createdAt)} by {entry.createdBy}
        </p>
        {problem !== null && (
          <p className="text-caption text-fail" role="alert">
            {problem.message} {problem.advice}
          </p>
        )}
      </div>
      <div className="-ml-2.5 flex">{children}</div>
    </li>
  );
}
