import { Info } from 'lucide-react';
import { useState } from 'react';
import type { Scenario } from '../../core/money/scenario.ts';
import { Button } from '../../design/Button.tsx';
import { Dialog } from '../../design/Dialog.tsx';
import { fieldFormulas, fieldMeanings } from './field-meanings.ts';

/** What the fields of the scenario mean, one press away. */
export function FieldMeanings({ scenario }: { readonly scenario: Scenario }) {
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button
        kind="icon"
        label="What these fields mean"
        onPress={() => setOpen(true)}
        className="-my-1 h-6! w-6! text-text-3"
      >
        <Info size={14} strokeWidth={1.75} aria-hidden />
      </Button>
      {isOpen && (
        <Dialog title="What these fields mean" isOpen onClose={() => setOpen(false)}>
          <dl className="grid gap-2.5">
            {fieldMeanings(scenario).map(({ label, text }) => (
              <div key={label}>
                <dt className="text-table font-medium">{label}</dt>
                <dd className="text-table text-text-2">{text}</dd>
              </div>
            ))}
          </dl>
          <div className="mt-3 grid gap-1.5 rounded-control bg-sunk px-3 py-2 text-table">
            {fieldFormulas(scenario).map((formula) => (
              <p key={formula}>{formula}</p>
            ))}
          </div>
        </Dialog>
      )}
    </>
  );
}
