/** Numbers, money, lists and periods as the sentences of this page say them. */
import { formatCount, formatList, formatMoney, formatMoneyExact, notDefined } from '../../design/format.ts';
import { monthName } from './month-places.ts';

const noBreakSpace = '\u00A0';

/** "2.46 M EUR"; without the code when the currency is that of the file. */
export function moneyText(amount: number, currency: string): string {
  return withCurrency(formatMoney(amount), currency);
}

/** "2,457,112 EUR", whole from 100 on: fractions of a sum say nothing. */
export function moneyTextExact(amount: number, currency: string): string {
  return withCurrency(formatMoneyExact(Math.abs(amount) >= 100 ? Math.round(amount) : amount), currency);
}

/** "1.51 to 1.86 M EUR": a unit that both ends share is said once. */
export function moneyRange(low: number, high: number, currency: string): string {
  const [from, to] = [formatMoney(low), formatMoney(high)];
  const unit = (text: string) => (text.includes(noBreakSpace) ? text.slice(text.indexOf(noBreakSpace)) : '');
  const start = unit(from) === unit(to) ? from.slice(0, from.length - unit(from).length) : from;
  return `${start} to ${withCurrency(to, currency)}`;
}

/** A count that may be a scaled one: whole. */
export function countText(count: number): string {
  return formatCount(Math.round(count));
}

/** "12 months", "1 month". */
export function countedText(count: number, noun: string): string {
  return `${countText(count)}${noBreakSpace}${noun}${Math.round(count) === 1 ? '' : 's'}`;
}

/** "10 %", whole. */
export function wholePercent(share: number): string {
  return `${formatCount(Math.round(share * 100))}${noBreakSpace}%`;
}

/** "July 2024", "July and November 2024", "December 2023 and January 2024". */
export function monthsListed(months: readonly string[]): string {
  const names = months.map((month, i) => {
    const isYearSaidLater = month.slice(0, 4) === months[i + 1]?.slice(0, 4);
    return isYearSaidLater ? withoutYear(month) : monthName(month, 'long', 'en');
  });
  return formatList(names);
}

/** "January to December 2024", "March 2024", "June 2024 to May 2025". */
export function periodText(first: string, last: string): string {
  if (first === last) return monthName(first, 'long', 'en');
  const start = first.slice(0, 4) === last.slice(0, 4) ? withoutYear(first) : monthName(first, 'long', 'en');
  return `${start} to ${monthName(last, 'long', 'en')}`;
}

function withoutYear(month: string): string {
  return monthName(month, 'long', 'en').replace(/\s*\d{4,}\s*/u, '');
}

function withCurrency(text: string, currency: string): string {
  return currency === '' || text === notDefined ? text : text + noBreakSpace + currency;
}
