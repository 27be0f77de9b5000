/** What a native model returns when it is no probability, and what to do about it. */
export interface RawOutput {
  /** As one sentence. */
  readonly meaning: string;
  readonly advice: string;
}

/** The objectives of XGBoost whose margins tell two classes apart. */
const BINARY_MARGINS = ['binary:logitraw', 'binary:hinge'];

/**
 * What an objective whose output lies outside [0, 1] returns instead of a probability.
 *
 * @param objective in the file's own words; what follows a blank is a parameter
 */
export function rawOutputOf(objective: string): RawOutput {
  const name = objective.split(' ')[0] ?? objective;
  if (BINARY_MARGINS.includes(name)) {
    return {
      meaning: `The objective ${name} returns margins, not probabilities.`,
      advice:
        name === 'binary:logitraw'
          ? 'Set the objective to binary:logistic and save the model again: the same trees then return probabilities.'
          : 'Train the model with the objective binary:logistic.',
    };
  }
  if (/^(rank:|lambdarank|rank_)/.test(name)) {
    return {
      meaning: `The model ranks (objective ${name}): its output orders rows and is no probability.`,
      advice: 'Choose a classifier: a threshold on what is likely needs the probability of the bad outcome.',
    };
  }
  return {
    meaning: `The model is no classifier (objective ${name}): its output is an amount, not a probability.`,
    advice: 'Choose a classifier that was trained on the outcome itself.',
  };
}

/** The name of a native model's one output, which its file does not name. */
export function outputName(objective: string, isProbability: boolean): string {
  if (isProbability) return 'probabilities';
  return BINARY_MARGINS.includes(objective) ? 'margins' : 'predictions';
}
