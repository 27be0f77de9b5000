import { Check } from 'lucide-react';

/** The box of a checkbox, inside a `group` that is react-aria's Checkbox. */
export function CheckMark() {
  return (
    <span className="grid size-4 shrink-0 place-items-center rounded-cell border border-ctl bg-surface text-on-accent group-data-[selected]:border-accent group-data-[selected]:bg-accent group-data-[focus-visible]:outline-2 group-data-[focus-visible]:outline-accent">
      <Check
        size={12}
        strokeWidth={2.5}
        aria-hidden="true"
        className="opacity-0 group-data-[selected]:opacity-100"
      />
    </span>
  );
}
