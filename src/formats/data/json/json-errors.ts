import { FormatError } from '../../../core/errors.ts';

const ADVICE = 'Write one JSON object a line, such as {"id": 1, "status": "good"}.';

/**
 * @param line of the file, from 1
 * @param row data row from 0
 * @param column character of the line, from 1
 * @param why a clause: `a comma is missing`
 */
export function invalidJson(
  file: string,
  line: number,
  row: number,
  column: number,
  why: string,
): FormatError {
  return new FormatError(
    'invalid-json',
    `Line ${line} of "${file}" is not a JSON object: ${why} (character ${column}).`,
    {
      place: { file, line, row },
      advice: ADVICE,
    },
  );
}

export function jsonDocument(file: string): FormatError {
  return new FormatError('not-a-table', `"${file}" is a JSON document, not a delimited table.`, {
    place: { file, line: 1 },
    advice: `${ADVICE.slice(0, -1)}; in pandas: to_json(path, orient="records", lines=True).`,
  });
}

export function noObjects(file: string): FormatError {
  return new FormatError('no-rows', `"${file}" holds no JSON object.`, {
    place: { file },
    advice: 'Open a file with at least one object.',
  });
}

export function lineTooLong(file: string, line: number, most: number): FormatError {
  return new FormatError('too-large', `Line ${line} of "${file}" is longer than ${most / 1024 / 1024} MB.`, {
    place: { file, line },
    advice: ADVICE,
  });
}

export function tooManyKeys(file: string, line: number, most: number): FormatError {
  return new FormatError(
    'too-many-columns',
    `The objects of "${file}" have more than ${most} different keys.`,
    {
      place: { file, line },
      advice: 'Check that the keys are column names, not values; or export fewer of them.',
    },
  );
}
