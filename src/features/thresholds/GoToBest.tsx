import { memo } from 'react';
import { Button } from '../../design/Button.tsx';

export interface GoToBestProps {
  /** null: the current threshold is the best. */
  readonly label: string | null;
  readonly threshold: number;
  readonly onApply: (threshold: number) => void;
}

/** The way to the threshold of greatest net value; its place stays while there is nowhere to go, so nothing jumps. */
export const GoToBest = memo(function GoToBest({ label, threshold, onApply }: GoToBestProps) {
  return (
    <div className="min-h-8">
      {label !== null && <Button onPress={() => onApply(threshold)}>{label}</Button>}
    </div>
  );
});
