/** Reading a demo's manifest: it is a file beside the app, so it is checked like any other input. */
import type { DemoIndex, DemoManifest } from '../../contracts/demo-manifest.ts';
import { FormatError } from '../../core/errors.ts';
import { parseScenario } from '../../core/money/parse-scenario.ts';
import type { ColumnRole, Roles } from '../../core/table/roles.ts';
import type { SplitDefinition, TargetDefinition } from '../../core/table/target.ts';

type Fields = Readonly<Record<string, unknown>>;

const ROLES: readonly ColumnRole[] = ['target', 'split', 'id', 'score', 'amount', 'date', 'ignore'];

/**
 * The demo names in the parsed JSON of `demo/index.json`.
 * @throws {FormatError} `invalid-json` naming what is missing or of another type
 */
export function readDemoIndex(value: unknown, file: string): DemoIndex['demos'] {
  const fields = fieldsOf(value, 'the list of demos', file);
  if (fields.schemaVersion !== 2) throw refused('schemaVersion', 'is not 2', file);
  return fileNamesOf(fields, 'demos', file);
}

/**
 * The manifest in a parsed JSON value.
 * @param value what `JSON.parse` gave
 * @param file name for messages
 * @throws {FormatError} `invalid-json` naming the field that is missing or of another type
 * @throws {DataError} `invalid-scenario`
 */
export function readDemoManifest(value: unknown, file: string): DemoManifest {
  const fields = fieldsOf(value, 'the manifest', file);
  if (fields.schemaVersion !== 2) throw refused('schemaVersion', 'is not 2', file);
  const models = fileNamesOf(fields, 'models', file);
  const scoreColumn = fields.scoreColumn === null ? null : textOf(fields, 'scoreColumn', file);
  if ((scoreColumn === null) === (models.length === 0))
    throw refused('scoreColumn', 'must be given exactly when there are no models', file);
  return {
    schemaVersion: 2,
    title: textOf(fields, 'title', file),
    description: textOf(fields, 'description', file),
    provenance: textOf(fields, 'provenance', file),
    simulated: booleanOf(fields, 'simulated', file),
    data: fileNameOf(fields, 'data', file),
    models,
    tables: fileNamesOf(fields, 'tables', file),
    scoreColumn,
    truth: fields.truth === null ? null : fileNameOf(fields, 'truth', file),
    roles: rolesOf(fields.roles, file),
    target: targetOf(fieldsOf(fields.target, 'target', file), file),
    split: fields.split === null ? null : splitOf(fieldsOf(fields.split, 'split', file), file),
    scenario: fields.scenario === null ? null : parseScenario(fields.scenario).scenario,
    threshold: thresholdOf(fields.threshold, file),
  };
}

function refused(field: string, why: string, file: string): FormatError {
  return new FormatError('invalid-json', `${file}: “${field}” ${why}.`, {
    place: { file },
    advice: 'This demo is not whole in this build. Open your own files, or use another build.',
  });
}

function fieldsOf(value: unknown, field: string, file: string): Fields {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw refused(field, 'is not an object', file);
  return value as Fields;
}

function textOf(fields: Fields, field: string, file: string): string {
  const value = fields[field];
  if (typeof value !== 'string' || value === '') throw refused(field, 'is not a text', file);
  return value;
}

function booleanOf(fields: Fields, field: string, file: string): boolean {
  const value = fields[field];
  if (typeof value !== 'boolean') throw refused(field, 'is neither true nor false', file);
  return value;
}

/** A plain name within the demo's folder: it becomes part of a request. */
function fileNameOf(fields: Fields, field: string, file: string): string {
  return plainName(textOf(fields, field, file), field, file);
}

function fileNamesOf(fields: Fields, field: string, file: string): readonly string[] {
  return textsOf(fields[field], field, file).map((name) => plainName(name, field, file));
}

function plainName(name: string, field: string, file: string): string {
  if (!/^[\w-][\w.-]*$/.test(name)) throw refused(field, 'is not a file name', file);
  return name;
}

function textsOf(value: unknown, field: string, file: string): readonly string[] {
  if (!Array.isArray(value) || !value.every((item) => typeof item === 'string'))
    throw refused(field, 'is not a list of texts', file);
  return value;
}

function rolesOf(value: unknown, file: string): Roles {
  const roles = fieldsOf(value, 'roles', file);
  const unknown = Object.values(roles).find((role) => !ROLES.includes(role as ColumnRole));
  if (unknown !== undefined) throw refused('roles', `has the unknown role ${JSON.stringify(unknown)}`, file);
  return roles as Roles;
}

function targetOf(fields: Fields, file: string): TargetDefinition {
  return {
    column: textOf(fields, 'column', file),
    positive: textsOf(fields.positive, 'target.positive', file),
    excluded: textsOf(fields.excluded, 'target.excluded', file),
  };
}

function splitOf(fields: Fields, file: string): SplitDefinition {
  return { column: textOf(fields, 'column', file), value: textOf(fields, 'value', file) };
}

function thresholdOf(value: unknown, file: string): number | null {
  if (value === null || (typeof value === 'number' && Number.isFinite(value))) return value;
  throw refused('threshold', 'is neither null nor a number', file);
}
