import type { Definition } from '../../charts/ChartFrame.tsx';

/** What the pictures of this page show, in two sentences and a formula. */
export const explainDefinitions = {
  importance: {
    text: 'How far a feature moves the score of a row, up or down, on average over the rows. A SHAP value shares out the difference between a row and the base value among the features, fairly in the sense of Shapley; it says what the model does, not what causes the outcome.',
    formula:
      'importance of f = (1 / n) Σ over rows |φ_f(row)|, with base value + Σ_f φ_f(row) = margin or score of the row',
  },
} as const satisfies Record<string, Definition>;
