import { Check } from 'lucide-react';
import { Text } from 'react-aria-components';

interface OptionTextProps {
  readonly label: string;
  readonly detail?: string | undefined;
  readonly isSelected: boolean;
}

/** The inside of one option of a list: a tick when chosen, its label, a quiet second line. */
export function OptionText({ label, detail, isSelected }: OptionTextProps) {
  return (
    <>
      <span className="w-4 shrink-0">{isSelected && <Check size={14} aria-hidden />}</span>
      <span className="grid min-w-0">
        <Text slot="label">{label}</Text>
        {detail !== undefined && (
          <Text slot="description" className="text-caption text-text-3">
            {detail}
          </Text>
        )}
      </span>
    </>
  );
}
