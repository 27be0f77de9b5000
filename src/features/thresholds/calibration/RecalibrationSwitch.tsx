import type { JudgementSpec, JudgementSummary } from '../../../contracts/judgement.ts';
import { isCutlineError } from '../../../core/errors.ts';
import { ChoiceChips } from '../../../design/ChoiceChips.tsx';
import { Notice } from '../../../design/Notice.tsx';
import {
  cannotRecalibrate,
  effectSentence,
  type ScoresChoice,
  scoresOptions,
} from './recalibration.view-model.ts';
import { useRecalibration } from './use-recalibration.ts';

export interface RecalibrationSwitchProps {
  readonly spec: JudgementSpec;
  readonly summary: JudgementSummary;
}

/** As they are, or recalibrated: for every page at once. */
export function RecalibrationSwitch({ spec, summary }: RecalibrationSwitchProps) {
  const { under, error, said, switchTo } = useRecalibration();
  const refusal = cannotRecalibrate(spec);
  const inForce: ScoresChoice = spec.recalibration ?? 'none';
  const value: ScoresChoice = under === undefined ? inForce : (under ?? 'none');
  const about = scoresOptions.find(({ id }) => id === value)?.about ?? '';
  return (
    <section aria-label="Recalibration" className="mb-4 grid max-w-[88ch] gap-1.5">
      <ChoiceChips
        label="Scores, on every page"
        options={scoresOptions}
        value={value}
        onChange={(choice) => switchTo(choice === 'none' ? null : choice)}
        isDisabled={refusal !== null}
      />
      <p role="status" className="text-caption text-text-3">
        {refusal ?? (under === undefined ? statusOf(summary, about, said) : 'Fitting…')}
      </p>
      {error !== null && (
        <Notice tone="fail">
          {error.message} {isCutlineError(error) ? error.advice : ''}
        </Notice>
      )}
    </section>
  );
}

function statusOf({ recalibration }: JudgementSummary, about: string, said: string): string {
  const effect = recalibration === null ? `${capital(about)}.` : effectSentence(recalibration);
  return [effect, said].filter(Boolean).join(' ');
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
