import { RotateCcw } from 'lucide-react';
import type { JudgementSpec } from '../contracts/judgement.ts';
import { Button } from '../design/Button.tsx';
import { methodName } from '../features/thresholds/calibration/recalibration.view-model.ts';
import { useRecalibration } from '../features/thresholds/calibration/use-recalibration.ts';

const undoing = 'Judge the scores as they are';

/** Says on every page that scores are recalibrated, with the way back; nothing while they are judged as they are. */
export function RecalibratedChip({ spec }: { readonly spec: JudgementSpec }) {
  const { under, switchTo } = useRecalibration();
  if (spec.recalibration === null) return null;
  return (
    <span className="inline-flex h-6 shrink-0 items-center rounded-chip bg-sunk pl-2 text-caption font-medium text-text-2 max-wide:pr-2">
      <span>
        Recalibrated<span className="max-desk:sr-only">: {methodName(spec.recalibration)}</span>
      </span>
      <span title={undoing} className="max-wide:hidden">
        <Button
          kind="icon"
          label={undoing}
          isPending={under !== undefined}
          onPress={() => switchTo(null)}
          className="h-6! w-6! rounded-chip"
        >
          <RotateCcw size={13} strokeWidth={1.75} aria-hidden />
        </Button>
      </span>
    </span>
  );
}
