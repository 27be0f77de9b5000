import { DataError } from '../src/core/errors.ts';

/** The command line of `review`, for `--help` and for what is refused. */
export const USAGE =
  'npm run -s review -- --data FILE (--model FILE | --score-column COL) --target COL --positive VALUE[,VALUE] [--exclude VALUE,...] [--split COL=VALUE [--recalibrate isotonic|platt|intercept]] ' +
  '[--features COL,...] [--against-model FILE | --against-column COL] [--join FILE --on COL] [--scenario FILE [--date-column COL]] [--threshold T] [--bootstrap N] [--intervals wilson|clopper-pearson|jeffreys] ' +
  '[--explain | --shap OUT.csv] [--shap-method auto|path-dependent|interventional|sampling] [--background all|passed|flagged|COL=VALUE,...] [--background-size N] ' +
  '[--scores OUT.csv] [--json OUT.json]';

/** A command line that cannot be understood, with the usage as its advice. */
export function invalidArgument(message: string): DataError {
  return new DataError('invalid-argument', message, { advice: `Usage: ${USAGE}` });
}

/** `a,b` and repeated options are both lists; `"a,b"` in double quotes is one value, as in a CSV file. */
export function listOf(given: readonly string[] | undefined): string[] {
  return (given ?? []).flatMap((text) => {
    const items = text.match(/"(?:[^"]|"")*"|[^,]+/g) ?? [];
    return items.map((item) => (/^".*"$/s.test(item) ? item.slice(1, -1).replaceAll('""', '"') : item));
  });
}
