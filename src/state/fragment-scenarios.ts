/**
 * Scenarios in a fragment: the template, where the amount comes from, the template's own numbers, what every scenario may
 * have (fixed cost, rows a year), then name and currency. What is 0 or not there, and may be, is left out.
 *
 *     lending,amount:<column>,lossRate:0.8,reviewCost:50
 *     retention,constant:1200,saveRate:0.3,campaignCost:15,name:Cautious,currency:EUR
 *     fraud,amount:<column>,reviewCost:5,frictionCost:20,chargebackCost:25,fixedCost:20000,rowsPerYear:120000
 *     fourValues,flagPositive:0.8/<column>,flagNegative:-50
 */
import type {
  AmountSource,
  FourValueScenario,
  FraudScenario,
  LendingScenario,
  RetentionScenario,
  Scenario,
  ValueCell,
} from '../core/money/scenario.ts';
import {
  decodeAtom,
  decodeFields,
  decodeItems,
  encodeAtom,
  encodePair,
  type Field,
  parseDecimal,
  type Refuse,
} from './fragment-text.ts';

const CELLS: readonly ValueCell[] = ['flagPositive', 'flagNegative', 'passPositive', 'passNegative'];

export function encodeScenario(scenario: Scenario): string {
  const { name, currency, fixedCost, rowsPerYear } = scenario;
  return [
    scenario.template,
    ...amountOf(scenario),
    ...numbersOf(scenario),
    ...(fixedCost === 0 ? [] : [encodePair('fixedCost', String(fixedCost))]),
    ...(rowsPerYear === null ? [] : [encodePair('rowsPerYear', String(rowsPerYear))]),
    ...(name === '' ? [] : [encodePair('name', name)]),
    ...(currency === '' ? [] : [encodePair('currency', currency)]),
  ].join(',');
}

function amountOf({ template, amount }: Scenario): readonly string[] {
  if ('column' in amount) return [encodePair('amount', amount.column)];
  if (template === 'fourValues' && amount.constant === 0) return [];
  return [encodePair('constant', String(amount.constant))];
}

function numbersOf(scenario: Scenario): readonly string[] {
  if (scenario.template === 'fourValues') return CELLS.flatMap((cell) => cellOf(scenario, cell));
  return costsOf(scenario).map(([name, value]) => encodePair(name, String(value)));
}

/** The number of a cell, and the column that it multiplies; nothing when it is 0 of nothing. */
function cellOf(scenario: FourValueScenario, cell: ValueCell): readonly string[] {
  const value = scenario[cell];
  const column = scenario.columns[cell];
  if (column === null) return value === 0 ? [] : [encodePair(cell, String(value))];
  return [`${encodePair(cell, String(value))}/${encodeAtom(column)}`];
}

function costsOf(
  scenario: LendingScenario | RetentionScenario | FraudScenario,
): readonly (readonly [string, number])[] {
  switch (scenario.template) {
    case 'lending': {
      const { lossRate, reviewCost, frictionCost } = scenario;
      const friction = frictionCost === 0 ? [] : [['frictionCost', frictionCost] as const];
      return [['lossRate', lossRate], ['reviewCost', reviewCost], ...friction];
    }
    case 'retention':
      return [
        ['saveRate', scenario.saveRate],
        ['campaignCost', scenario.campaignCost],
      ];
    case 'fraud':
      return [
        ['reviewCost', scenario.reviewCost],
        ['frictionCost', scenario.frictionCost],
        ['chargebackCost', scenario.chargebackCost],
      ];
  }
}

/**
 * The scenario of one text; null when a needed number is missing or out of its range, or when it names a field that the
 * template does not have: money computed without a cost that was meant would be wrong.
 */
export function parseScenario(text: string): Scenario | null {
  const [template = '', ...pieces] = text.split(',');
  const fields = decodeFields(pieces);
  if (fields === null || new Set(fields.map(([name]) => name)).size < fields.length) return null;
  const reader = new FieldReader(fields);
  const scenario = readTemplate(template, reader);
  return reader.failed || !reader.isSpent() ? null : scenario;
}

function readTemplate(template: string, reader: FieldReader): Scenario | null {
  const base = {
    name: reader.text('name'),
    currency: reader.currency(),
    fixedCost: reader.optional('fixedCost', 0),
    rowsPerYear: reader.rowsPerYear(),
  };
  switch (template) {
    case 'lending':
      return {
        template,
        ...base,
        amount: reader.amount(),
        lossRate: reader.number('lossRate', 1),
        reviewCost: reader.number('reviewCost'),
        frictionCost: reader.optional('frictionCost', 0),
      } satisfies LendingScenario;
    case 'retention':
      return {
        template,
        ...base,
        amount: reader.amount(),
        saveRate: reader.number('saveRate', 1),
        campaignCost: reader.number('campaignCost'),
      } satisfies RetentionScenario;
    case 'fraud':
      return {
        template,
        ...base,
        amount: reader.amount(),
        reviewCost: reader.number('reviewCost'),
        frictionCost: reader.number('frictionCost'),
        chargebackCost: reader.number('chargebackCost'),
      } satisfies FraudScenario;
    case 'fourValues': {
      const amount = reader.has('amount') || reader.has('constant') ? reader.amount() : { constant: 0 };
      const cells = CELLS.map((cell) => [cell, reader.cell(cell)] as const);
      const valuesBy = <T>(read: (cell: ReadCell) => T) =>
        Object.fromEntries(cells.map(([name, cell]) => [name, read(cell)])) as Record<ValueCell, T>;
      return {
        template,
        ...base,
        amount,
        ...valuesBy(({ value }) => value),
        columns: valuesBy(({ column }) => column),
      } satisfies FourValueScenario;
    }
    default:
      return null;
  }
}

interface ReadCell {
  readonly value: number;
  readonly column: string | null;
}

/** Takes fields out one by one, and remembers when one was not what it should be. */
class FieldReader {
  failed = false;
  private readonly fields: Map<string, string>;

  constructor(fields: readonly Field[]) {
    this.fields = new Map(fields);
  }

  /** Whether every field was asked for. */
  isSpent(): boolean {
    return this.fields.size === 0;
  }

  private take(name: string): string | undefined {
    const raw = this.fields.get(name);
    this.fields.delete(name);
    return raw;
  }

  has(name: string): boolean {
    return this.fields.has(name);
  }

  text(name: string): string {
    const raw = this.take(name);
    return raw === undefined ? '' : (decodeAtom(raw) ?? this.fail(''));
  }

  number(name: string, most = Number.MAX_VALUE): number {
    const raw = this.take(name);
    const value = raw === undefined ? null : parseDecimal(decodeAtom(raw));
    return value !== null && value >= 0 && value <= most ? value : this.fail(0);
  }

  optional<T>(name: string, absent: T): number | T {
    return this.has(name) ? this.number(name) : absent;
  }

  rowsPerYear(): number | null {
    const rows = this.optional('rowsPerYear', null);
    return rows === 0 ? this.fail(null) : rows;
  }

  /** A gain or a loss, times a column where one is named; 0 when it is left out. */
  cell(name: ValueCell): ReadCell {
    const raw = this.take(name);
    if (raw === undefined) return { value: 0, column: null };
    const [number = '', column = null, ...rest] = raw.split('/');
    const value = parseDecimal(decodeAtom(number));
    const decoded = column === null ? null : decodeAtom(column);
    const isRead = value !== null && rest.length === 0 && (column === null || decoded !== null);
    return isRead ? { value, column: decoded } : this.fail({ value: 0, column: null });
  }

  amount(): AmountSource {
    const raw = this.take('amount');
    if (raw === undefined) return { constant: this.number('constant') };
    return { column: decodeAtom(raw) ?? this.fail('') };
  }

  /** Number formatting throws on anything but a three-letter code. */
  currency(): string {
    const code = this.text('currency');
    return /^([A-Z]{3})?$/.test(code) ? code : this.fail('');
  }

  private fail<T>(instead: T): T {
    this.failed = true;
    return instead;
  }
}

/** Scenarios kept at hand; one that cannot be read, or bears the name of an earlier one, is refused, the others are used. */
export function parseScenarios(text: string, refuse: Refuse): readonly Scenario[] {
  const scenarios: Scenario[] = [];
  for (const item of decodeItems(text)) {
    const scenario = parseScenario(item);
    if (scenario === null) refuse('scenarios', 'holds something that is not a scenario');
    else if (scenarios.some(({ name }) => name === scenario.name))
      refuse('scenarios', `names two scenarios “${scenario.name}”`);
    else scenarios.push(scenario);
  }
  return scenarios;
}
