import type { AnyCutlineError, ErrorPlace } from '../../core/errors.ts';
import { formatCount } from '../../design/format.ts';

export interface ErrorText {
  readonly message: string;
  readonly place?: string;
  readonly advice?: string;
  readonly details: string;
}

/** An error in the parts that an ErrorPanel shows; a place that the message already names is not said twice. */
export function errorText(error: AnyCutlineError): ErrorText {
  const place = placeText(error.place, error.message);
  return {
    message: error.message,
    ...(place === '' ? {} : { place }),
    ...(error.advice === '' ? {} : { advice: error.advice }),
    details: [`${error.name} ${error.code}`, error.stack ?? ''].join('\n').trim(),
  };
}

function placeText({ file, line, row, column, node, byteOffset }: ErrorPlace, message: string): string {
  const parts = [
    file,
    line === undefined ? undefined : `line ${formatCount(line)}`,
    // An editor shows lines; the row says the same once more.
    row === undefined || line !== undefined ? undefined : `data row ${formatCount(row)}`,
    column === undefined ? undefined : `column ${column}`,
    node === undefined ? undefined : `node ${node}`,
    byteOffset === undefined ? undefined : `byte ${formatCount(byteOffset)}`,
  ].filter((part) => part !== undefined);
  return parts.every((part) => message.toLowerCase().includes(part.toLowerCase())) ? '' : parts.join(', ');
}
