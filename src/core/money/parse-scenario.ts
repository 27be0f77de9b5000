import { DataError } from '../errors.ts';
import type { Notice } from '../table/summary.ts';
import type { AmountSource, Scenario, ScenarioTemplate } from './scenario.ts';
import {
  assumptionsOf,
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
 * numbers are given. Unknown keys are returned as notices, not refused.
 *
 * @returns the scenario, one `scenario-default` notice per assumption that was not given, and one `scenario-unknown-key`
 * notice per key that was not understood
 * @throws {DataError} `invalid-scenario`, naming the field: not an object, no template and no assumption given, an
 * unknown template, a part given twice, a value of the wrong type or out of range (shares 0..1, costs >= 0,
 * constant amount >= 0)
 */
export function parseScenario(json: unknown): {
  readonly scenario: Scenario;
  readonly notices: readonly Notice[];
} {
  if (!isFields(json)) throw invalid(null, 'The scenario is not a JSON object.');
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
  const known = templateNames.find((name) => typeof value === 'string' && looseKey(value) === name);
  if (known !== undefined) return known;
  const list = templateNames.map((name) => `"${name}"`).join(', ');
  throw invalid(null, `Scenario field "template" is ${shown(value)}; the templates are ${list}.`);
}

/** The template that has most of the numbers given, the first of several; amounts alone make it the first of all. */
function templateByNumbers(fields: Fields): ScenarioTemplate {
  const isGiven = (part: Part) => given(fields, part, null).value !== undefined;
  const counts = templateNames.map((name) => assumptionsOf(name).filter(isGiven).length);
  const most = Math.max(...counts);
  if (most > 0 || isGiven(amountPart('lending'))) return templateNames[counts.indexOf(most)]!;
  throw invalid(null, 'This is not a scenario: it gives no "template", no "amount" and no cost or rate.');
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
    const defaults = defaultScenario(this.template, null);
    const common: Scenario = {
      ...defaults,
      name: this.text(NAME, defaults.name),
      currency: this.currency(),
      amount: this.amount(),
    };
    return assumptionsOf(this.template).reduce(
      (scenario, assumption) => withAssumption(scenario, assumption.name, this.number(assumption)),
      common,
    );
  }

  unknownKeys(): readonly Notice[] {
    const parts: readonly Part[] = [TEMPLATE, NAME, CURRENCY, amountPart(this.template)].concat(
      assumptionsOf(this.template),
    );
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
    return invalid(this.template, message);
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

  private number(assumption: NamedAssumption): number {
    const { field, value } = this.given(assumption);
    if (value === undefined) return this.assume(assumption.name, assumption.start);
    return this.checked(field, value, assumption.most);
  }

  private checked(field: string, value: unknown, most: number): number {
    if (typeof value === 'number' && value >= 0 && value <= most) return value;
    const range = most === 1 ? 'from 0 to 1' : 'of 0 or more';
    throw this.refuse(`Scenario field "${field}" is ${shown(value)}, not a number ${range}.`);
  }

  private amount(): AmountSource {
    const { field, value } = this.given(amountPart(this.template));
    if (value === undefined)
      return { constant: this.assume('amount', scenarioTemplates[this.template].amount.start) };
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
    if (typeof value === 'string' && value !== '') return { column: value };
    throw this.refuse(`Scenario field "${field}" is ${shown(value)}, not the name of a column.`);
  }

  private amountConstant(field: string, value: unknown): AmountSource {
    return { constant: this.checked(field, value, Number.MAX_VALUE) };
  }
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
    throw invalid(template, `The scenario gives the same part twice: "${keys[0]}" and "${keys[1]}".`);
  const field = keys[0] ?? name;
  return { field, value: keys.length === 0 ? undefined : fields[field] };
}

/** @param template the one that was understood; null: what all of them have in common is advised */
function invalid(template: ScenarioTemplate | null, message: string): DataError {
  const wanted = (template === null ? [] : assumptionsOf(template)).map(
    ({ name, most }) => `${name} (${most === 1 ? '0 to 1' : '0 or more'})`,
  );
  const advice =
    template === null
      ? `A scenario has a template (${templateNames.join(', ')}), an amount (a column or a constant) and the numbers of its template.`
      : `A ${template} scenario has amount (a column or a constant), ${wanted.slice(0, -1).join(', ')} and ${wanted.at(-1)}.`;
  return new DataError('invalid-scenario', message, { advice });
}

function isFields(json: unknown): json is Fields {
  return typeof json === 'object' && json !== null && !Array.isArray(json);
}

/** A value as it stands in the file, cut to what an error message can hold. */
function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}

function looseKey(key: string): string {
  return key.toLowerCase().replace(/[-_]/g, '');
}
