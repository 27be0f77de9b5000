import { describe, expect, it } from 'vitest';
import { defaultScenario, templateNames } from '../../core/money/scenario-templates.ts';
import { fieldMeanings } from './field-meanings.ts';
import { netValueTitle, percentText, scaledRows, scaleText } from './scale-words.ts';
import { moneyDefinitions } from './words.ts';

const lending = defaultScenario('lending', 'Amount');
const nb = '\u00A0';

describe('what money is of', () => {
  it('says these rows, or a year once there is a volume', () => {
    expect(scaleText(lending)).toBe('on these rows');
    const year = { ...lending, rowsPerYear: 12_000 };
    expect([scaleText(year), netValueTitle(year)]).toEqual([`a${nb}year`, `Net value a${nb}year`]);
    expect(scaledRows('1,336 test rows', year)).toBe(`1,336 test rows scaled to 12,000 a${nb}year`);
    expect(percentText(0.025)).toBe(`2.5${nb}%`);
  });

  it('is in the definitions: sums, scale and fixed cost as the scenario has them', () => {
    const plain = moneyDefinitions(lending);
    expect(plain.netValue.text).toContain('summed over the judged rows, at each threshold');
    expect(plain.netValue.formula).not.toContain('fixed cost');
    const year = moneyDefinitions({ ...lending, rowsPerYear: 12_000, fixedCost: 5 });
    expect(year.netValue.text).toContain(
      'brought from the judged rows to 12,000 decisions a year, less the fixed cost a year',
    );
    expect(year.netValue.text).not.toContain('summed over');
    expect(year.netValue.formula).toContain('× decisions a year / judged rows − fixed cost');
    expect(year.roi.formula).toContain('+ fixed cost');
  });

  it.each(templateNames)('explains every field of %s', (template) => {
    const meanings = fieldMeanings({ template });
    expect(new Set(meanings.map(({ label }) => label)).size).toBe(meanings.length);
    expect(meanings.every(({ text }) => text.endsWith('.'))).toBe(true);
    const isReviewed = ['lending', 'fraud'].includes(template);
    expect(meanings.some(({ label }) => label === 'Every review is right')).toBe(isReviewed);
  });
});
