import { isNumericMissingToken } from './missing-tokens.ts';
import { type DecimalMark, parseLocalNumber } from './parse-local-number.ts';
import { isIdLike, parseNumber } from './parse-number.ts';

/** What was found about the numbers of a column. */
export interface DecimalFinding {
  /**
   * `plain`: decimal notation without separators; a mark: numbers that need it as the decimal mark, some of them with commas or
   * separators; `open`: every comma may set apart thousands or decimals, every blank thousands or the parts of an id; `both`: some need
   * the point, some the comma. An apostrophe only ever sets apart thousands.
   */
  readonly way: 'plain' | DecimalMark | 'open' | 'both';
  /** Cells that are numbers in this way (`open`, `both`: in either), and cells that are not. */
  readonly read: number;
  readonly failed: number;
  /** Cells that are numbers in plain notation. */
  readonly plain: number;
  /** An example of a number that plain notation does not know; '' without. */
  readonly example: string;
}

/** A padding zero (`007`, `00,5`) belongs to an id. */
const PADDED = /^[ \t]*[+-]?0\d/;

/** Gathers over all cells of a column whether they are numbers, and what their commas, points and blanks mean. */
export class DecimalEvidence {
  /** Cells that are no numbers in any way. */
  failed = 0;
  /** A cell is an id: the column is one of texts. */
  sawId = false;
  private plain = 0;
  private withComma = 0;
  private withPoint = 0;
  private either = 0;
  private needsComma = 0;
  private needsPoint = 0;
  /** Cells with a comma or separator that plain notation does not know. */
  private local = 0;
  private localApostrophe = 0;
  private example = '';

  add(text: string, count: number): void {
    if (isNumericMissingToken(text)) return;
    const byPoint = !Number.isNaN(parseLocalNumber(text, '.'));
    const byComma = !Number.isNaN(parseLocalNumber(text, ','));
    if (!byPoint && !byComma) {
      this.failed += count;
      return;
    }
    const isPlain = !Number.isNaN(parseNumber(text));
    if (isIdLike(text) || (!isPlain && PADDED.test(text))) this.sawId = true;
    this.either += count;
    if (isPlain) this.plain += count;
    if (byComma) this.withComma += count;
    if (byPoint) this.withPoint += count;
    if (!byPoint) this.needsComma += count;
    if (!byComma) this.needsPoint += count;
    if (isPlain) return;
    this.local += count;
    if (/['’]/.test(text)) this.localApostrophe += count;
    if (this.example === '' || (this.needsComma > 0 && !byPoint)) this.example = text;
  }

  finding(): DecimalFinding {
    const { plain, either, failed, local, needsComma, needsPoint, example } = this;
    const all = either + failed;
    const found = (way: DecimalFinding['way'], read: number) => ({
      way,
      read,
      failed: all - read,
      plain,
      example,
    });
    if (local === 0) return found('plain', plain);
    if (needsComma > 0 && needsPoint > 0) return found('both', either);
    if (needsComma > 0) return found(',', this.withComma);
    if (needsPoint > 0) return found('.', this.withPoint);
    return this.localApostrophe === local ? found('.', this.withPoint) : found('open', either);
  }
}
