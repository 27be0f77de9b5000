import { ChevronRight } from 'lucide-react';
import { Fragment } from 'react';
import { Button, Disclosure, DisclosurePanel, Heading } from 'react-aria-components';
import { Verdict } from '../../design/Verdict.tsx';
import type { CheckRow } from './checks.view-model.ts';

/** One check on one line where it has room: verdict, title, finding and advice; its evidence unfolds under them. */
export function CheckLine({ row }: { readonly row: CheckRow }) {
  const { kind, title, finding, advice, evidence } = row;
  return (
    <Disclosure className="group grid gap-x-4 gap-y-0.5 wide:grid-cols-[7.5rem_minmax(0,13rem)_minmax(0,1fr)]">
      <span className="pt-px">
        <Verdict kind={kind} />
      </span>
      <Heading level={3} className="font-semibold">
        {evidence.length === 0 ? (
          <span className="block wide:pl-[18px]">{title}</span>
        ) : (
          <Button
            slot="trigger"
            className="flex items-start gap-1 rounded-badge text-left hover:text-accent-ink"
          >
            <ChevronRight
              size={14}
              strokeWidth={1.75}
              aria-hidden
              className="mt-0.5 shrink-0 text-text-3 transition-transform duration-150 group-data-[expanded]:rotate-90"
            />
            {title}
            <span className="sr-only">, evidence</span>
          </Button>
        )}
      </Heading>
      <div className="grid max-w-[80ch] min-w-0 gap-0.5">
        <p className="text-text-2">{finding}</p>
        {advice !== '' && <p>{advice}</p>}
        {evidence.length > 0 && (
          <DisclosurePanel>
            <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-4 gap-y-0.5 py-1 text-caption">
              {evidence.map(([name, value], index) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: two lines of evidence may have the same name
                <Fragment key={index}>
                  <dt className="text-text-3">{name}</dt>
                  <dd className="[overflow-wrap:anywhere]">{value}</dd>
                </Fragment>
              ))}
            </dl>
          </DisclosurePanel>
        )}
      </div>
    </Disclosure>
  );
}
