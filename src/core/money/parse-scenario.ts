import type { DataError } from '../errors.ts';
import type { Notice } from '../table/summary.ts';
import type { AmountSource, FourValueScenario, Scenario, ScenarioTemplate, ValueCell } from './scenario.ts';
import { invalidScenario, shown } from './scenario-refusal.ts';
import {
  type Assumption,
  assumptionsOf,
  commonAssumptions,
  defaultScenario,
  type NamedAssumption,
  scenarioTemplates,
  templateNames,
  withAssumption,
} from './scenario-templates.ts';

type Fields = Readonly<Record<string, unknown>>;

/** A part of a scenario and the names under which files give it, the canonical one first. */
interface Part {
  readonly name: string;
  readonly spellings: readonly string[];
}

const TEMPLATE: Part = { name: 'template', spellings: ['kind', 'type'] };
const NAME: Part = { name: 'name', spellings: [] };
const CURRENCY: Part = { name: 'currency', spellings: [] };
const FIXED_COST = { name: 'fixedCost', ...commonAssumptions.fixedCost } as const;
const ROWS_PER_YEAR = { name: 'rowsPerYear', ...commonAssumptions.rowsPerYear } as const;
/** The columns of the four-value form, by cell. */
const COLUMNS: Part = { name: 'columns', spellings: [] };

/** The amount under its common names and those that it has in this template. */
function amountPart(template: ScenarioTemplate): Part {
  const own = scenarioTemplates[template].amount.spellings;
  return { name: 'amount', spellings: ['amountColumn', 'amountConstant', ...own] };
}

/**
 * Reads a scenario from parsed JSON (a `--scenario` file, a manifest, a saved document).
 *
 * Canonical: { "template": "lending", "name": "...", "currency": "", "amount": { "column": "Amount" } or
 * { "constant": 5000 }, "lossRate": 0.8, "reviewCost": 50 }; the other templates have their own numbers
 * (`scenarioTemplates`). Other common spellings are understood, case, hyphens and underscores do not matter, `amount` may
 * be a column's name or a number, and what is absent takes the template's default. Without a template it is the one whose
 * numbers are given. Unknown keys are returned as notices, not refused. Fixed cost, rows a year and the friction cost of
 * lending are none when absent, without a word; of four values each is 0 (1, when its column is named).
 *
 * Four values: { "template": "fourValues", "flagPositive": 0.8, "flagNegative": -50, "passPositive": 0, "passNegative": 0,
 * "columns": { "flagPositive": "Amount" } }; a cell may also say its column itself, { "column": "Amount", "times": 0.8 }
 * (times 1 when absent) or just "Amount".
 *
 * @returns the scenario, one `scenario-default` notice per assumption that was not given, and one `scenario-unknown-key`
 * notice per key that was not understood
 * @throws {DataError} `invalid-scenario`, naming the field: not an object, no template and no assumption given, an
 * unknown template, a part given twice, a value of the wrong type or out of range (shares 0..1, costs >= 0,
 * constant amount >= 0, rows a year > 0; gains and losses any number)
 */
export function parseScenario(json: unknown): {
  readonly scenario: Scenario;
  readonly notices: readonly Notice[];
} {
  if (!isFields(json)) throw invalidScenario(null, 'The scenario is not a JSON object.');
  const said = templateOf(json);
  const template = said ?? templateByNumbers(json);
  const reader = new ScenarioReader(json, template);
  const scenario = reader.scenario();
  // Lending is what a scenario without a word about it has always been.
  const guessed = said === null && template !== 'lending' ? [templateNotice(template)] : [];
  return { scenario, notices: [...guessed, ...reader.notices, ...reader.unknownKeys()] };
}

/** The template that the scenario names, in any case; null when it names none. */
function templateOf(fields: Fields): ScenarioTemplate | null {
  const { value } = given(fields, TEMPLATE, null);
  if (value === undefined) return null;
  const known = templateNames.find((name) => typeof value === 'string' && looseKey(value) === looseKey(name));
  if (known !== undefined) return known;
  const list = templateNames.map((name) => `"${name}"`).join(', ');
  throw invalidScenario(null, `Scenario field "template" is ${shown(value)}; the templates are ${list}.`);
}

/** The template that has most of the numbers given, the first of several; amounts alone make it the first of all. */
function templateByNumbers(fields: Fields): ScenarioTemplate {
  const isGiven = (part: Part) => given(fields, part, null).value !== undefined;
  const counts = templateNames.map(
    (name) => assumptionsOf(name).filter((part) => !part.isOptional && isGiven(part)).length,
  );
  const most = Math.max(...counts);
  if (most > 0 || isGiven(amountPart('lending'))) return templateNames[counts.indexOf(most)]!;
  throw invalidScenario(
    null,
    'This is not a scenario: it gives no "template", no "amount" and no cost or rate.',
  );
}

function templateNotice(template: ScenarioTemplate): Notice {
  return {
    code: 'scenario-default',
    message: `The scenario does not give "template": ${template} is assumed from its fields.`,
  };
}

/** Reads the parts of one template and notes what was assumed. */
class ScenarioReader {
  readonly notices: Notice[] = [];
  private readonly fields: Fields;
  private readonly template: ScenarioTemplate;

  constructor(fields: Fields, template: ScenarioTemplate) {
    this.fields = fields;
    this.template = template;
  }

  scenario(): Scenario {
    const defaults: Scenario = defaultScenario(this.template, null);
    const common: Scenario = {
      ...defaults,
      name: this.text(NAME, defaults.name),
      currency: this.currency(),
      amount: this.amount(),
      fixedCost: this.number(FIXED_COST),
      rowsPerYear: this.rowsPerYear(),
    };
    if (common.template === 'fourValues') return this.fourValues(common);
    return assumptionsOf(this.template).reduce<Scenario>(
      (scenario, assumption) => withAssumption(scenario, assumption.name, this.number(assumption)),
      common,
    );
  }

  unknownKeys(): readonly Notice[] {
    const parts: readonly Part[] = [
      ...[TEMPLATE, NAME, CURRENCY, amountPart(this.template), FIXED_COST, ROWS_PER_YEAR],
      ...assumptionsOf(this.template),
      ...(this.template === 'fourValues' ? [COLUMNS] : []),
    ];
    const known = new Set(parts.flatMap(({ name, spellings }) => [name, ...spellings]).map(looseKey));
    return Object.keys(this.fields)
      .filter((key) => !known.has(looseKey(key)))
      .map((key) => ({
        code: 'scenario-unknown-key',
        message: `The scenario has a field "${key}" that ${this.template} does not use; it was left aside.`,
      }));
  }

  private given(part: Part) {
    return given(this.fields, part, this.template);
  }

  private refuse(message: string): DataError {
    return invalidScenario(this.template, message);
  }

  private assume(name: string, value: number): number {
    const message = `The scenario does not give "${name}": ${value} is assumed.`;
    this.notices.push({ code: 'scenario-default', message });
    return value;
  }

  private text(part: Part, fallback: string): string {
    const { field, value = fallback } = this.given(part);
    if (typeof value === 'string') return value;
    throw this.refuse(`Scenario field "${field}" is ${shown(value)}, not a text.`);
  }

  private currency(): string {
    const code = this.text(CURRENCY, '').trim().toUpperCase();
    if (/^([A-Z]{3})?$/.test(code)) return code;
    throw this.refuse(
      `Scenario field "currency" is ${shown(code)}, not a three-letter ISO 4217 code (or "" for none).`,
    );
  }

  private number(assumption: Part & Assumption): number {
    const { field, value } = this.given(assumption);
    if (value !== undefined) return this.checked(field, value, assumption);
    return assumption.isOptional ? assumption.start : this.assume(assumption.name, assumption.start);
  }

  private checked(field: string, value: unknown, range: Pick<Assumption, 'least' | 'most'>): number {
    if (isWithin(value, range)) return value;
    throw this.refuse(`Scenario field "${field}" is ${shown(value)}, not a number${wordsOf(range)}.`);
  }

  private rowsPerYear(): number | null {
    const { field, value } = this.given(ROWS_PER_YEAR);
    if (value === undefined) return null;
    if (value === 0) throw this.refuse(`Scenario field "${field}" is 0, not a number above 0.`);
    return this.checked(field, value, ROWS_PER_YEAR);
  }

  private fourValues(common: FourValueScenario): FourValueScenario {
    const columns = this.columns();
    let scenario: FourValueScenario = { ...common, columns };
    for (const assumption of assumptionsOf('fourValues')) {
      const cell = assumption.name as ValueCell;
      const { value, column } = this.cell(assumption, columns[cell]);
      scenario = { ...scenario, [cell]: value, columns: { ...scenario.columns, [cell]: column } };
    }
    return scenario;
  }

  private columns(): FourValueScenario['columns'] {
    const none = defaultScenario('fourValues', null).columns;
    const { field, value = {} } = this.given(COLUMNS);
    if (!isFields(value)) throw this.refuse(`Scenario field "${field}" is ${shown(value)}, not an object.`);
    const other = Object.keys(value).find((cell) => !(cell in none));
    if (other !== undefined) throw this.refuse(`Scenario field "${field}" has an unknown part "${other}".`);
    const given = Object.entries(value).map(([cell, column]) => [
      cell,
      column === null ? null : this.columnName(`${field}.${cell}`, column),
    ]);
    return { ...none, ...Object.fromEntries(given) };
  }

  /** What a cell is worth; `column` is the one that `columns` names for it. */
  private cell(assumption: NamedAssumption, column: string | null): FourValueCell {
    const { field, value } = this.given(assumption);
    if (value === undefined) return { value: this.assume(assumption.name, column === null ? 0 : 1), column };
    if (typeof value === 'number') return { value: this.checked(field, value, assumption), column };
    if (column !== null) throw this.refuse(`The scenario names the column of "${field}" twice.`);
    if (!isFields(value)) return { value: 1, column: this.columnName(field, value) };
    const { column: own, times = 1, ...rest } = value;
    const other = Object.keys(rest)[0];
    if (other !== undefined) throw this.refuse(`Scenario field "${field}" has an unknown part "${other}".`);
    return {
      value: this.checked(`${field}.times`, times, assumption),
      column: this.columnName(`${field}.column`, own),
    };
  }

  private amount(): AmountSource {
    const { field, value } = this.given(amountPart(this.template));
    const { start } = scenarioTemplates[this.template].amount;
    if (value === undefined)
      return { constant: this.template === 'fourValues' ? start : this.assume('amount', start) };
    if (isFields(value)) return this.amountObject(field, value);
    const saidToBe = /(column|constant)$/i.exec(field)?.[1]?.toLowerCase();
    return (saidToBe ?? (typeof value === 'string' ? 'column' : 'constant')) === 'column'
      ? this.amountColumn(field, value)
      : this.amountConstant(field, value);
  }

  private amountObject(field: string, { column, constant, ...rest }: Fields): AmountSource {
    const other = Object.keys(rest)[0];
    if (other !== undefined) throw this.refuse(`Scenario field "${field}" has an unknown part "${other}".`);
    if ((column === undefined) === (constant === undefined))
      throw this.refuse(`Scenario field "${field}" needs either "column" or "constant".`);
    return column === undefined
      ? this.amountConstant(`${field}.constant`, constant)
      : this.amountColumn(`${field}.column`, column);
  }

  private amountColumn(field: string, value: unknown): AmountSource {
    return { column: this.columnName(field, value) };
  }

  private columnName(field: string, value: unknown): string {
    if (typeof value === 'string' && value !== '') return value;
    throw this.refuse(`Scenario field "${field}" is ${shown(value)}, not the name of a column.`);
  }

  private amountConstant(field: string, value: unknown): AmountSource {
    return { constant: this.checked(field, value, FIXED_COST) };
  }
}

interface FourValueCell {
  readonly value: number;
  readonly column: string | null;
}

function isWithin(value: unknown, { least, most }: Pick<Assumption, 'least' | 'most'>): value is number {
  return typeof value === 'number' && value >= least && value <= most;
}

function wordsOf({ least, most }: Pick<Assumption, 'least' | 'most'>): string {
  if (least < 0) return '';
  return most === 1 ? ' from 0 to 1' : ' of 0 or more';
}

/** The one spelling under which a part is given (null and absent are the same), with its value. */
function given(
  fields: Fields,
  { name, spellings }: Part,
  template: ScenarioTemplate | null,
): { readonly field: string; readonly value: unknown } {
  const loose = new Set([name, ...spellings].map(looseKey));
  const keys = Object.keys(fields).filter((key) => loose.has(looseKey(key)) && fields[key] !== null);
  if (keys.length > 1)
    throw invalidScenario(template, `The scenario gives the same part twice: "${keys[0]}" and "${keys[1]}".`);
  const field = keys[0] ?? name;
  return { field, value: keys.length === 0 ? undefined : fields[field] };
}

function isFields(json: unknown): json is Fields {
  return typeof json === 'object' && json !== null && !Array.isArray(json);
}

function looseKey(key: string): string {
  return key.toLowerCase().replace(/[-_]/g, '');
}
