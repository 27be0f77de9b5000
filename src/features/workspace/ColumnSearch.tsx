import { type ChangeEvent, startTransition, useState } from 'react';
import { formatCount } from '../../design/format.ts';
import { ChoiceCell, type OpenChoice } from './ChoiceList.tsx';
import { FILTER_OPTIONS } from './column-options.ts';
import type { ColumnFilter, ColumnQuery } from './column-table-view.ts';

interface ColumnSearchProps {
  readonly query: ColumnQuery;
  readonly onQuery: (query: ColumnQuery) => void;
  readonly open: OpenChoice;
  /** How many columns the query finds. */
  readonly shown: number;
}

/** Finds columns by name, and shows some kinds of them only. The shell's `/` goes to the field (`data-search`). */
export function ColumnSearch({ query, onQuery, open, shown }: ColumnSearchProps) {
  const [text, setText] = useState(query.text);
  const type = (event: ChangeEvent<HTMLInputElement>): void => {
    const next = event.target.value;
    setText(next);
    // The letter is shown at once, the table follows.
    startTransition(() => onQuery({ ...query, text: next }));
  };
  const isNarrowed = query.text.trim() !== '' || query.filter !== 'all';
  return (
    <search className="flex items-center gap-2">
      {isNarrowed && (
        <span role="status" className="text-caption whitespace-nowrap text-text-3 max-wide:sr-only">
          {formatCount(shown)} shown
        </span>
      )}
      <ChoiceCell
        open={open}
        look="field"
        label="Show"
        className="w-36"
        options={FILTER_OPTIONS}
        value={query.filter}
        onChoose={(filter) => onQuery({ ...query, filter: filter as ColumnFilter })}
      />
      <input
        type="search"
        data-search
        aria-label="Find a column"
        placeholder="Find a column"
        value={text}
        onChange={type}
        className="h-7 w-40 min-w-0 rounded-control border border-ctl bg-surface px-2 text-table outline-none placeholder:text-text-3 focus:border-accent"
      />
    </search>
  );
}
