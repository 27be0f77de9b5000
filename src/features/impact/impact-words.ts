/** How the Impact page speaks under each scenario template. */
import type { ScenarioTemplate } from '../../core/money/scenario.ts';

/** One kind of spending. */
interface SpendingWords {
  /** On its bar: "Good applicants held up". */
  readonly label: string;
  /** After "for": "held-up applicants". */
  readonly noun: string;
  /** After an amount: "on 5,360 reviews"; `n` is the count of rows it is paid for, as text. */
  readonly on: (n: string) => string;
  /** Whether it is paid for every flagged row, or for the flagged negatives alone. */
  readonly per: 'flagged' | 'heldUp' | 'none';
}

export interface ImpactWords {
  /** "prevented 2.46 M of losses": past, after "would", and what it is of. */
  readonly did: string;
  readonly would: string;
  readonly of: string;
  /** Name of the first card, and of the first bar. */
  readonly gain: string;
  readonly gainBar: string;
  /** "2,669 of 3,348 bad applications would be stopped for review." */
  readonly positives: (n: number) => string;
  readonly caught: string;
  /** What becomes of the passed ones: "scored under the line and would have gone through". */
  readonly wouldHavePassed: string;
  readonly wouldPass: string;
  readonly isMissedCounted: boolean;
}

const lending: ImpactWords = {
  did: 'prevented',
  would: 'prevent',
  of: ' of losses',
  gain: 'Prevented',
  gainBar: 'Losses prevented',
  positives: (n) => (n === 1 ? 'bad application' : 'bad applications'),
  caught: 'stopped for review',
  wouldHavePassed: 'scored under the line and would have gone through',
  wouldPass: 'would score under the line and go through',
  isMissedCounted: true,
};

/** One entry a template. */
export const impactWords: Readonly<Record<ScenarioTemplate, ImpactWords>> = {
  lending,
  fraud: {
    ...lending,
    of: ' of fraud',
    gainBar: 'Fraud prevented',
    positives: (n) => (n === 1 ? 'fraud' : 'frauds'),
  },
  retention: {
    did: 'kept',
    would: 'keep',
    of: ' of customer value',
    gain: 'Kept',
    gainBar: 'Customer value kept',
    positives: (n) => (n === 1 ? 'leaving customer' : 'leaving customers'),
    caught: 'contacted',
    wouldHavePassed: 'scored under the line and would not have been contacted',
    wouldPass: 'would score under the line and not be contacted',
    isMissedCounted: true,
  },
  fourValues: {
    did: 'brought in',
    would: 'bring in',
    of: '',
    gain: 'Brought in',
    gainBar: 'Gains',
    positives: (n) => (n === 1 ? 'positive' : 'positives'),
    caught: 'flagged',
    wouldHavePassed: 'scored under the line and would have been passed',
    wouldPass: 'would score under the line and be passed',
    isMissedCounted: false,
  },
};

const heldUp: Readonly<Record<ScenarioTemplate, string>> = {
  lending: 'good applicants',
  fraud: 'good customers',
  retention: 'loyal customers',
  fourValues: 'negatives',
};

/** The words of a kind of spending by its label in the figures; a label without words stands for itself. */
export function spendingWords(label: string, template: ScenarioTemplate): SpendingWords {
  const held = heldUp[template];
  const known: Readonly<Record<string, SpendingWords>> = {
    'Review cost': { label: 'Reviews', noun: 'reviews', on: (n) => `on ${n} reviews`, per: 'flagged' },
    'Campaign cost': { label: 'Contacts', noun: 'contacts', on: (n) => `on ${n} contacts`, per: 'flagged' },
    'Friction cost': {
      label: `${capital(held)} held up`,
      noun: `held-up ${held.replace('good ', '')}`,
      on: (n) => `on ${n} ${held} who waited`,
      per: 'heldUp',
    },
    'Fixed cost': { label: 'Fixed cost', noun: 'fixed cost', on: () => 'fixed', per: 'none' },
  };
  const own = label.toLowerCase();
  return known[label] ?? { label, noun: `${own}s`, on: () => `on ${own}s`, per: 'none' };
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
