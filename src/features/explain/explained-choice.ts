/** From what the user chose on the page to what the workers are asked. */
import { startingBootstrap } from '../../contracts/judgement.ts';
import type { ExplainBackground, ExplainChoice } from '../../contracts/saved-state.ts';
import type { BackgroundChoice, ExplanationChoice } from '../../core/explain/explanation.ts';

/** As many as are worth their time: the standard error of a mean over them is 3 % of a deviation. */
const ALL_ROWS = { kind: 'all' } as const;
const MOST_ROWS = 1000;

/**
 * The choice with its threshold filled in. A background that the method does not ask for is the plain one, so that
 * neither it nor a moving threshold begins the same computation again.
 *
 * @param asksBackground whether the method has a use for background rows
 */
export function explanationChoice(
  { method, background, size }: ExplainChoice,
  threshold: number,
  asksBackground: boolean,
): ExplanationChoice {
  const { seed } = startingBootstrap;
  if (!asksBackground) return { method, background: { rows: ALL_ROWS, size: MOST_ROWS, seed } };
  return { method, background: { rows: backgroundRows(background, threshold), size, seed } };
}

function backgroundRows(background: ExplainBackground, threshold: number): BackgroundChoice['rows'] {
  switch (background.kind) {
    case 'all':
      return ALL_ROWS;
    case 'cohort':
      return { kind: 'cohort', column: background.column, values: background.values };
    default:
      return { kind: 'near-threshold', side: background.kind, threshold };
  }
}

/** As text that is equal for equal choices; JSON alone writes an infinite threshold as it writes none. */
export function choiceKey(choice: ExplanationChoice): string {
  return JSON.stringify(choice, (_, value: unknown) =>
    typeof value === 'number' && !Number.isFinite(value) ? String(value) : value,
  );
}
