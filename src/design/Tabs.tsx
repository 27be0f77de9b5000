import { memo, type ReactNode } from 'react';
import { Tabs as AriaTabs, Tab, TabList, TabPanel } from 'react-aria-components';
import { sameValue } from './same-value.ts';
import { useLatestCallback } from './use-latest-callback.ts';

export interface TabOption<Id extends string> {
  readonly id: Id;
  readonly label: string;
}

export interface TabsProps<Id extends string> {
  /** Names the list for screen readers: "Parts of this page". */
  readonly label: string;
  readonly tabs: readonly TabOption<Id>[];
  readonly selected: Id;
  readonly onSelect: (id: Id) => void;
  /** What the selected tab shows. The same element as long as possible: what changes often reads a context. */
  readonly children: ReactNode;
  readonly className?: string;
}

/** Parts of a page, one at a time; arrow keys go from tab to tab. Where they have no room the list scrolls. */
export function Tabs<Id extends string>({ onSelect, ...rest }: TabsProps<Id>) {
  const select = useLatestCallback((id: string) => onSelect(id as Id));
  return <StillTabs {...rest} onSelect={select} />;
}

/** A link may open a part whose tab lies outside a narrow list. The list alone is scrolled: the page stays where it is. */
function reveal(tab: HTMLDivElement | null): void {
  const list = tab?.closest('[role=tablist]');
  if (tab === null || list == null) return;
  const [seen, place] = [list.getBoundingClientRect(), tab.getBoundingClientRect()];
  if (place.right > seen.right) list.scrollLeft += place.right - seen.right;
  else if (place.left < seen.left) list.scrollLeft -= seen.left - place.left;
}

/** Drawn again only when what it shows changes (see NumberField). */
const StillTabs = memo(function StillTabs(props: TabsProps<string>) {
  const { label, tabs, selected, onSelect, children, className = '' } = props;
  return (
    <AriaTabs selectedKey={selected} onSelectionChange={(key) => onSelect(String(key))} className={className}>
      <TabList
        aria-label={label}
        className="flex gap-x-1 overflow-x-auto border-b border-line [scrollbar-width:none]"
      >
        {tabs.map((tab) => (
          <Tab
            key={tab.id}
            id={tab.id}
            ref={tab.id === selected ? reveal : null}
            className="-mb-px shrink-0 cursor-default border-b-2 border-transparent px-2.5 pt-1 pb-[5px] text-table font-medium whitespace-nowrap text-text-2 -outline-offset-2 transition-colors duration-150 hover:text-text selected:border-accent selected:text-text max-wide:py-2.5"
          >
            {tab.label}
          </Tab>
        ))}
      </TabList>
      <TabPanel key={selected} id={selected} className="outline-none focus-visible:outline-2">
        {children}
      </TabPanel>
    </AriaTabs>
  );
}, sameValue);
