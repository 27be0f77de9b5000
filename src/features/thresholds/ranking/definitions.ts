import type { Definition } from '../../../charts/ChartFrame.tsx';

/** What each picture and table of the ranking shows (docs/methods.md carries the same). */
export const rankingDefinitions = {
  gains: {
    text: 'The share of all positives among the rows that are flagged, by how many are flagged, from the highest scores down. The dashed diagonal is a score that knows nothing: flagging 20 % at random catches 20 %.',
    formula: 'gains(q) = TP / (TP + FN) at the threshold that flags the share q',
  },
  lift: {
    text: 'How many times more positives the flagged rows hold than as many rows picked at random. At 100 % flagged it is 1 for every score.',
    formula: 'lift(q) = precision / base rate = gains(q) / q',
  },
  ks: {
    text: 'The share of each outcome that scores below a threshold. Their greatest distance is the Kolmogorov-Smirnov statistic: how far apart one threshold can hold the two outcomes, over every distinct score.',
    formula: 'KS = maxₜ |F₁(t) − F₀(t)|,  F(t) = share of the outcome with a score below t',
  },
  gainsTable: {
    text: 'Ten bins of equally many rows from the highest scores down; rows with equal scores are never parted, so bins may differ in size. Weight of evidence and information value compare the outcomes’ shares in a bin, each count with half a row added; the KS of the table is read at the ends of the bins only.',
    formula:
      'lift = bin’s positive rate / base rate;  WoE = ln(share of negatives / share of positives);  IV = Σ (share of negatives − share of positives) · WoE;  O/E = positives / Σ scores',
  },
  cost: {
    text: 'The least expected cost that any threshold of this score reaches, for every weight that missed positives may have against false alarms. The dashed roof is deciding without a score: flag everybody or nobody.',
    formula:
      'PC = p·C(FN) / (p·C(FN) + (1 − p)·C(FP));  cost = minₜ FNR·PC + FPR·(1 − PC)  (Drummond & Holte)',
  },
  emp: {
    text: 'Expected maximum profit of a credit score as a share of the mean loan, with the best cut for each possible loss of a bad loan. The losses are the literature’s, not this scenario’s.',
    formula:
      'No loss with chance 0.55, all with 0.10, else uniform between; return on a good loan 0.2644 (Verbraken et al. 2014)',
  },
} as const satisfies Record<string, Definition>;
