/** What the steps of a planned feature compute, as functions of one cell. */
import type { FeatureStep } from './planned-feature.ts';

/**
 * The feature's value for a cell read as text, or null when its steps begin with numbers.
 *
 * `category-code` and `pandas-code` give NaN for a text that they do not list. Steps after the text became a number are those of
 * {@link transformOf}.
 */
export function textReader(steps: readonly FeatureStep[]): ((text: string) => number) | null {
  const [first] = steps;
  if (first === undefined) return null;
  const rest = steps.slice(1);
  switch (first.kind) {
    case 'category-code': {
      const codeOf = new Map(first.values.map((value, code) => [value, code]));
      const after = transformOf(rest);
      return (text) => after(codeOf.get(text) ?? Number.NaN);
    }
    case 'pandas-code': {
      // A missing cell is read as the empty text.
      const codeOf = new Map(first.values.flatMap((value, code) => (value === '' ? [] : [[value, code]])));
      const after = transformOf(rest);
      return (text) => after(codeOf.get(text) ?? Number.NaN);
    }
    case 'equals-text': {
      const after = transformOf(rest);
      return (text) => after(text === first.value ? 1 : 0);
    }
    case 'replace-text': {
      const next = textReader(rest);
      return next === null ? null : (text) => next(text === first.from ? first.to : text);
    }
    default:
      return null;
  }
}

/**
 * The feature's value for a number, by ONNX Runtime's arithmetic: Scaler subtracts, then multiplies, in float32; Imputer
 * takes NaN for NaN. Text steps, which a number does not reach, leave it as it is.
 *
 * Source: ONNX Runtime 1.20, scaler.cc and imputer.cc of the ai.onnx.ml kernels.
 */
export function transformOf(steps: readonly FeatureStep[]): (value: number) => number {
  const transforms = steps.flatMap(numberTransform);
  if (transforms.length === 0) return (value) => value;
  if (transforms.length === 1) return transforms[0]!;
  return (value) => transforms.reduce((x, transform) => transform(x), value);
}

function numberTransform(step: FeatureStep): readonly ((x: number) => number)[] {
  const { fround } = Math;
  switch (step.kind) {
    case 'float32':
      return [fround];
    case 'number-code': {
      const codeOf = new Map(step.values.map((value, code) => [value, code]));
      return [(x) => codeOf.get(x) ?? Number.NaN];
    }
    case 'equals-number':
      return [(x) => (x === step.value ? 1 : 0)];
    case 'impute': {
      const { replaced, by } = step;
      return [Number.isNaN(replaced) ? (x) => (Number.isNaN(x) ? by : x) : (x) => (x === replaced ? by : x)];
    }
    case 'scale': {
      const offset = fround(step.offset);
      const factor = fround(step.factor);
      return [(x) => fround(fround(fround(x) - offset) * factor)];
    }
    default:
      return [];
  }
}
