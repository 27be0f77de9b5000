/** What differs between two sets of choices: which fields, and what a person calls them. Pure. */
import type { ViewState } from '../contracts/saved-state.ts';

/**
 * What names files. A change of these opens or closes something, and is no step of undo: going back over it would bring
 * choices about a table or model that is no longer there.
 */
const FILE_KEYS: ReadonlySet<string> = new Set<keyof ViewState>(['demo', 'table', 'columns', 'model']);

/** What is looked at, not what is chosen: going to another part of a page is no step of undo. */
const VIEW_KEYS: ReadonlySet<string> = new Set<keyof ViewState>(['thresholdsView']);

/** A field that differs: its key, and what of it where the value is a record (a column, a cost of the scenario). */
export type FieldPath = readonly [key: keyof ViewState, part?: string];

/** The fields in which two sets of choices differ, in the order of their keys; the open part of a page is none. O(size of the values that changed). */
export function changedFields(before: ViewState, after: ViewState): FieldPath[] {
  return keysOf(before).flatMap((key): FieldPath[] => {
    const [a, b]: readonly unknown[] = [before[key], after[key]];
    if (isSame(a, b)) return [];
    if (!isRecord(a) || !isRecord(b)) return [[key]];
    const parts = [...new Set([...Object.keys(a), ...Object.keys(b)])];
    return parts.filter((part) => !isSame(a[part], b[part])).map((part) => [key, part]);
  });
}

function keysOf(choices: ViewState): (keyof ViewState)[] {
  return (Object.keys(choices) as (keyof ViewState)[]).filter((key) => !VIEW_KEYS.has(key));
}

function isSame(a: unknown, b: unknown): boolean {
  return Object.is(a, b) || (typeof a === 'object' && JSON.stringify(a) === JSON.stringify(b));
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Whether a change of these fields opened or closed a file; the inputs of a model beside may change without. */
export function opensFiles(before: ViewState, after: ViewState, fields: readonly FieldPath[]): boolean {
  return (
    fields.some(([key]) => FILE_KEYS.has(key)) || !isSame(idsOf(before.otherModels), idsOf(after.otherModels))
  );
}

function idsOf(models: ViewState['otherModels']): readonly string[] {
  return models.map(({ id }) => id);
}

/** Equal for changes of the same fields, so that a burst of them is one step. */
export function fieldsKey(fields: readonly FieldPath[]): string {
  return JSON.stringify(fields);
}

/** The part of `choices` that the fields lie in, to be put back later. */
export function valuesOf(choices: ViewState, fields: readonly FieldPath[]): Partial<ViewState> {
  return Object.fromEntries(fields.map(([key]) => [key, choices[key]]));
}

const plainNames: Readonly<Partial<Record<keyof ViewState, string>>> = {
  otherModels: 'inputs of the model beside',
  besideForm: 'form beside',
  scoreColumn: 'score column',
  joins: 'joined tables',
  mapping: 'inputs of the model',
  target: 'target',
  split: 'judged rows',
  scenario: 'scenario',
  scenarios: 'kept scenarios',
  versus: 'second scenario',
  strategies: 'strategies',
  threshold: 'threshold',
  pinned: 'pinned baseline',
  recalibration: 'recalibration',
  bands: 'bands',
  cascade: 'cascade',
  impact: 'impact',
  explain: 'explanation',
};

const partNames: Readonly<Record<string, string>> = {
  'scenario.name': 'name of the scenario',
  'scenario.currency': 'currency',
  'scenario.amount': 'amount at risk',
  'scenario.lossRate': 'loss rate',
  'scenario.reviewCost': 'review cost',
  'scenario.saveRate': 'save rate',
  'scenario.campaignCost': 'campaign cost',
  'scenario.frictionCost': 'friction cost',
  'scenario.chargebackCost': 'chargeback cost',
  'scenario.fixedCost': 'fixed cost',
  'scenario.rowsPerYear': 'decisions a year',
  'scenario.flagPositive': 'value of flagging a positive',
  'scenario.flagNegative': 'value of flagging a negative',
  'scenario.passPositive': 'value of passing a positive',
  'scenario.passNegative': 'value of passing a negative',
  'scenario.columns': 'columns of the values',
  'strategies.recallAtLeast': 'least recall',
  'strategies.precisionAtLeast': 'least precision',
  'strategies.fprAtMost': 'greatest false positive rate',
  'strategies.beta': 'beta',
  'strategies.capacity': 'capacity',
  'strategies.capacityPer': 'period of the capacity',
  'strategies.plateauShare': 'width of the plateau',
  'bands.low': 'lower cut-off',
  'bands.high': 'upper cut-off',
  'bands.reviewCost': 'cost of a referral',
  'bands.sensitivity': 'reviewer’s sensitivity',
  'bands.specificity': 'reviewer’s specificity',
  'bands.capacity': 'review capacity',
  'cascade.low': 'lower end of the cascade',
  'cascade.high': 'upper end of the cascade',
  'cascade.accurateThreshold': 'threshold of the accurate model',
  'cascade.fastCost': 'cost of the fast model',
  'cascade.accurateCost': 'cost of the accurate model',
  'cascade.other': 'second scores of the cascade',
  'cascade.current': 'order of the cascade',
  'impact.roiFloor': 'ROI floor',
  'impact.investment': 'investment',
  'explain.method': 'method of the explanation',
  'explain.background': 'background of the explanation',
  'explain.size': 'size of the background',
  'explain.over': 'explained rows',
  'mapping.order': 'order of the columns',
};

/**
 * What a change was about, as it stands after "Undo: ": "review cost", "role of age", "several choices". A change of a
 * role brings target, split or scenario along and is still called by the role.
 */
export function changeLabel(after: ViewState, fields: readonly FieldPath[]): string {
  const roles = fields.filter(([key]) => key === 'roles').map(([, column]) => column ?? '');
  // A role that another column had is taken from it: what the user did is where the role went.
  const given = roles.filter((column) => after.roles[column] !== undefined);
  const [roled, ...moreRoled] = given.length > 0 ? given : roles;
  if (roled !== undefined) return moreRoled.length === 0 ? `role of ${roled}` : 'roles of columns';
  const names = [...new Set(fields.map((field) => fieldName(field)))];
  if (names.length === 1) return names[0] as string;
  const keys = new Set(fields.map(([key]) => key));
  if (keys.size === 1)
    return keys.has('readings') ? 'readings of columns' : nameOf([...keys][0] as keyof ViewState);
  // Other scores take the threshold with them, and so does recalibration.
  const scores = (['scoreColumn', 'recalibration'] as const).find((key) => keys.has(key));
  return scores === undefined ? 'several choices' : nameOf(scores);
}

function fieldName([key, part]: FieldPath): string {
  if (key === 'readings') return part === undefined ? 'readings of columns' : `reading of ${part}`;
  return partNames[`${key}.${part}`] ?? nameOf(key);
}

function nameOf(key: keyof ViewState): string {
  return plainNames[key] ?? key;
}
