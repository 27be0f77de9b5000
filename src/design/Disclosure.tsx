import { ChevronRight } from 'lucide-react';
import type { ReactNode } from 'react';
import { Disclosure as AriaDisclosure, Button, DisclosurePanel, Heading } from 'react-aria-components';

export interface DisclosureProps {
  readonly title: ReactNode;
  readonly children: ReactNode;
  readonly isOpenAtFirst?: boolean;
}

/** A title that folds and unfolds what is under it. */
export function Disclosure({ title, children, isOpenAtFirst = false }: DisclosureProps) {
  return (
    <AriaDisclosure defaultExpanded={isOpenAtFirst} className="group">
      <Heading level={3}>
        <Button
          slot="trigger"
          className="flex min-h-6 items-center gap-1 rounded-badge text-table font-medium text-text-2 hover:text-text"
        >
          <ChevronRight
            size={14}
            strokeWidth={1.75}
            aria-hidden
            className="transition-transform duration-150 group-data-[expanded]:rotate-90"
          />
          {title}
        </Button>
      </Heading>
      <DisclosurePanel className="pl-[18px]">{children}</DisclosurePanel>
    </AriaDisclosure>
  );
}
