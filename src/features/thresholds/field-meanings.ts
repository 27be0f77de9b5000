import type { Scenario } from '../../core/money/scenario.ts';
import { assumptionsOf, commonAssumptions, scenarioTemplates } from '../../core/money/scenario-templates.ts';
import type { MovedAssumption } from '../../core/money/sensitivity-figures.ts';
import { moneyDefinitions } from './words.ts';

/** A field of the scenario and what its number means. */
export interface FieldMeaning {
  readonly label: string;
  readonly text: string;
}

const meanings: Readonly<Record<MovedAssumption, string>> = {
  amount:
    'What is at stake in a row: a column of the table, or one number for every row. A row whose column is empty has no money at stake.',
  lossRate:
    'The share of the amount that is lost when a bad one is passed. What is recovered later is the rest: 0.80 means that 20 % comes back.',
  reviewCost: 'What it costs to look at one flagged row, whatever it turns out to be.',
  frictionCost:
    'What it costs to hold up one good row: a lost sale, goodwill, a call. It comes on top of the review.',
  chargebackCost: 'The fee that comes on top of the amount when a fraud is passed.',
  saveRate: 'The share of contacted churners who stay because of it. Those who stay are worth their amount.',
  campaignCost: 'What it costs to contact one flagged row, the discount included.',
  flagPositive: 'What one flagged positive row is worth: caught in time, less what catching it costs.',
  flagNegative: 'What one flagged negative row is worth: mostly a loss, the cost of a false alarm.',
  passPositive: 'What one passed positive row is worth: mostly a loss, as it was missed.',
  passNegative: 'What one passed negative row is worth: the usual business.',
  fixedCost:
    'What running the model costs whatever it decides. It moves no threshold; it is part of the net value and of what ROI divides by.',
  rowsPerYear:
    'How many decisions the model makes in a year. Money of the judged rows is then brought to that number; empty leaves it as it is.',
};

/** What the two templates with a review assume of it beside their numbers. */
const EVERY_REVIEW_IS_RIGHT: FieldMeaning = {
  label: 'Every review is right',
  text: 'Assumed, not asked for: each flagged positive is recognised and saved, each flagged negative is let go. A reviewer who errs saves less; the part Bands counts with the reviewer’s errors.',
};

/** What each field of this scenario means, and what it assumes, in the order of the form. */
export function fieldMeanings({ template }: Pick<Scenario, 'template'>): readonly FieldMeaning[] {
  const amount = { label: scenarioTemplates[template].amount.label, text: meanings.amount };
  return [
    ...(template === 'fourValues' ? [] : [amount]),
    ...assumptionsOf(template).map(({ name, label }) => ({ label, text: meanings[name] })),
    ...(template === 'lending' || template === 'fraud' ? [EVERY_REVIEW_IS_RIGHT] : []),
    { label: commonAssumptions.fixedCost.label, text: meanings.fixedCost },
    { label: VOLUME_LABEL, text: meanings.rowsPerYear },
    {
      label: 'Near the best',
      text: 'How much less than the best a threshold may earn and still count as near it: the unbroken run that answer and picture show. No cost, and no part of the scenario.',
    },
  ];
}

/** How the form calls the number of rows a year. */
export const VOLUME_LABEL = 'Decisions a year';

/** How net value and ROI come of these fields. */
export function fieldFormulas(scenario: Scenario): readonly string[] {
  const { netValue, roi } = moneyDefinitions(scenario);
  return [netValue, roi].map(({ formula }) => formula ?? '');
}
