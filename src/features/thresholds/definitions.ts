import type { Definition } from '../../charts/ChartFrame.tsx';

/** What each picture of the page shows, in two sentences and a formula (docs/methods.md carries the same); those of money are in words.ts. */
export const definitions = {
  rates: {
    text: 'How many of the flagged rows are positive (precision), how many of the positives are flagged (recall), and how many rows are flagged at all. A row is flagged when its score is at least the threshold; rows without a score are never flagged.',
    formula: 'precision = TP / (TP + FP);  recall = TP / (TP + FN);  flagged = (TP + FP) / n',
  },
  roc: {
    text: 'The share of positives caught against the share of negatives flagged, over every distinct score. The area under it is the chance that a random positive scores higher than a random negative; its interval is DeLong’s.',
    formula:
      'TPR = TP / (TP + FN);  FPR = FP / (FP + TN);  AUC = (R₁ − n₁(n₁ + 1)/2) / (n₁ n₀) with midranks',
  },
  pr: {
    text: 'Precision against recall over every distinct score; the dashed line is the precision of flagging everybody. Average precision weighs each precision by the recall it adds, without interpolation.',
    formula: 'AP = Σₖ (Rₖ − Rₖ₋₁) · Pₖ',
  },
  distribution: {
    text: 'The scores of each outcome in bins of equal width, positives above the axis and negatives below it. Height is the square root of the share of its own outcome, so that a rare outcome can be read beside a common one; what is flagged is drawn at full strength.',
    formula: 'height = √(rows of the outcome in the bin / rows of the outcome)',
  },
  matrix: {
    text: 'The judged rows by outcome and by what the threshold does with them; percentages are of the rows with that outcome. Money is the cell’s part of the net value, before the fixed cost; the missed loss in brackets is no part of it.',
    formula: 'flagged: score ≥ threshold;  net = the cells together, less the fixed cost',
  },
  strategies: {
    text: 'Rules that pick a threshold among the observed scores; ties go to the lowest. Intervals are of the bootstrap, in which each of 1,000 replicates picks its own threshold; “Net, new rows” is the net value of that choice on the rows a replicate left out, brought to all of them.',
    formula:
      'Fβ = (1 + β²)TP / ((1 + β²)TP + β²FN + FP);  Youden = TPR − FPR;  KS = max |F1 − F0|;  capacity k: the lowest threshold that flags at most k rows;  break-even: the lowest that does not lose money',
  },
} as const satisfies Record<string, Definition>;
