/**
 * Parameters of the strategies in a fragment, each left out where it is the initial one.
 *
 *     recall=0.75  precision=0.6  fpr=0.1  beta=2  plateau=0.01  capacity=500  or  capacity=20:day
 */
import type { StrategyParameters } from '../core/threshold/decision.ts';
import { decodeAtom, encodeAtom, parseDecimal, type Refuse } from './fragment-text.ts';

type NumberName = Exclude<keyof StrategyParameters, 'capacity' | 'capacityPer'>;

interface NumberPart {
  readonly name: NumberName;
  readonly key: string;
  readonly isValid: (value: number) => boolean;
  /** Why it cannot be used, as the end of a sentence. */
  readonly refusal: string;
}

const isShare = (value: number): boolean => value >= 0 && value <= 1;
const noShare = 'is not between 0 and 1';

const PARTS: readonly NumberPart[] = [
  { name: 'recallAtLeast', key: 'recall', isValid: isShare, refusal: noShare },
  { name: 'precisionAtLeast', key: 'precision', isValid: isShare, refusal: noShare },
  { name: 'fprAtMost', key: 'fpr', isValid: isShare, refusal: noShare },
  { name: 'beta', key: 'beta', isValid: (value) => value > 0, refusal: 'is not above 0' },
  {
    name: 'plateauShare',
    key: 'plateau',
    isValid: (value) => value > 0 && value < 1,
    refusal: 'is not above 0 and below 1',
  },
];

/** The keys that parameters of the strategies are written under. */
export const STRATEGY_KEYS: readonly string[] = [...PARTS.map(({ key }) => key), 'capacity'];

/** Keys and texts of what differs from `initial`, in a fixed order. */
export function encodeStrategies(
  strategies: StrategyParameters,
  initial: StrategyParameters,
): readonly (readonly [key: string, text: string])[] {
  const numbers = PARTS.filter(({ name }) => strategies[name] !== initial[name]);
  const { capacity, capacityPer } = strategies;
  const isInitial = capacity === initial.capacity && capacityPer === initial.capacityPer;
  const period = capacityPer === 'rows' ? '' : `:${capacityPer}`;
  return [
    ...numbers.map(({ key, name }) => [key, encodeAtom(String(strategies[name]))] as const),
    ...(isInitial ? [] : [['capacity', `${encodeAtom(String(capacity))}${period}`] as const]),
  ];
}

/** The parameters that the parts of a fragment give; those that are missing or cannot be used are as in `initial`. */
export function parseStrategies(
  parts: ReadonlyMap<string, string>,
  initial: StrategyParameters,
  refuse: Refuse,
): StrategyParameters {
  const strategies = { ...initial, ...parseCapacity(parts.get('capacity'), refuse) };
  for (const { name, key, isValid, refusal } of PARTS) {
    const text = parts.get(key);
    const value = text === undefined ? null : parseDecimal(decodeAtom(text));
    if (value !== null && isValid(value)) strategies[name] = value;
    else if (text !== undefined) refuse(key, refusal);
  }
  return strategies;
}

type Capacity = Pick<StrategyParameters, 'capacity' | 'capacityPer'>;

/** Links of earlier versions say `capacity=500`: of these rows. */
function parseCapacity(text: string | undefined, refuse: Refuse): Capacity | null {
  if (text === undefined) return null;
  const [count = '', period = 'rows', ...more] = text.split(':');
  const capacity = parseDecimal(decodeAtom(count));
  const isCount = capacity !== null && Number.isSafeInteger(capacity) && capacity >= 1;
  if (isCount && more.length === 0 && isPeriod(period)) return { capacity, capacityPer: period };
  refuse('capacity', 'is not a whole number of rows, a day or a week');
  return null;
}

function isPeriod(text: string): text is Capacity['capacityPer'] {
  return text === 'rows' || text === 'day' || text === 'week';
}
