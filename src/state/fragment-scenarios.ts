/**
 * Scenarios in a fragment: the template, where the amount comes from, the template's own numbers, then name and currency
 * where there are any.
 *
 *     lending,amount:<column>,lossRate:0.8,reviewCost:50
 *     retention,constant:1200,saveRate:0.3,campaignCost:15,name:Cautious,currency:EUR
 *     fraud,amount:<column>,reviewCost:5,frictionCost:20,chargebackCost:25
 */
import type {
  AmountSource,
  FraudScenario,
  LendingScenario,
  RetentionScenario,
  Scenario,
} from '../core/money/scenario.ts';
import {
  decodeAtom,
  decodeFields,
  decodeItems,
  encodePair,
  type Field,
  parseDecimal,
  type Refuse,
} from './fragment-text.ts';

export function encodeScenario(scenario: Scenario): string {
  const amount =
    'column' in scenario.amount
      ? encodePair('amount', scenario.amount.column)
      : encodePair('constant', String(scenario.amount.constant));
  return [
    scenario.template,
    amount,
    ...costsOf(scenario).map(([name, value]) => encodePair(name, String(value))),
    ...(scenario.name === '' ? [] : [encodePair('name', scenario.name)]),
    ...(scenario.currency === '' ? [] : [encodePair('currency', scenario.currency)]),
  ].join(',');
}

function costsOf(scenario: Scenario): readonly (readonly [string, number])[] {
  switch (scenario.template) {
    case 'lending':
      return [
        ['lossRate', scenario.lossRate],
        ['reviewCost', scenario.reviewCost],
      ];
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
    amount: reader.amount(),
  };
  switch (template) {
    case 'lending':
      return {
        template,
        ...base,
        lossRate: reader.number('lossRate', 1),
        reviewCost: reader.number('reviewCost'),
      } satisfies LendingScenario;
    case 'retention':
      return {
        template,
        ...base,
        saveRate: reader.number('saveRate', 1),
        campaignCost: reader.number('campaignCost'),
      } satisfies RetentionScenario;
    case 'fraud':
      return {
        template,
        ...base,
        reviewCost: reader.number('reviewCost'),
        frictionCost: reader.number('frictionCost'),
        chargebackCost: reader.number('chargebackCost'),
      } satisfies FraudScenario;
    default:
      return null;
  }
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

  text(name: string): string {
    const raw = this.take(name);
    return raw === undefined ? '' : (decodeAtom(raw) ?? this.fail(''));
  }

  number(name: string, most = Number.MAX_VALUE): number {
    const raw = this.take(name);
    const value = raw === undefined ? null : parseDecimal(decodeAtom(raw));
    return value !== null && value >= 0 && value <= most ? value : this.fail(0);
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
