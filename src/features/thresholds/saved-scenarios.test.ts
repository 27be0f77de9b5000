import { describe, expect, it } from 'vitest';
import { defaultScenario } from '../../core/money/scenario-templates.ts';
import { copyOf, isSameScenario, savedState, scenarioName, withSaved } from './saved-scenarios.ts';
import { besideOptions, NOTHING_BESIDE, scenarioText } from './scenario-list.ts';

const base = { ...defaultScenario('lending', 'Amount'), name: 'Base case' };
const dear = { ...base, name: 'Dear reviews', reviewCost: 500 };

describe('a scenario and those that are kept', () => {
  it('is not saved, saved, or changed since', () => {
    expect(savedState(base, [])).toBe('unsaved');
    expect(savedState(base, [dear])).toBe('unsaved');
    expect(savedState({ ...base }, [dear, base])).toBe('saved');
    expect(savedState({ ...base, reviewCost: 51 }, [base])).toBe('changed');
    expect(savedState({ ...base, currency: 'EUR' }, [base])).toBe('changed');
    expect(savedState({ ...base, amount: { constant: 5 } }, [base])).toBe('changed');
    expect(savedState({ ...defaultScenario('fraud', 'Amount'), name: 'Base case' }, [base])).toBe('changed');
  });

  it('takes the place of the one of its name, or the last', () => {
    const changed = { ...base, lossRate: 0.5 };
    expect(withSaved([base, dear], changed)).toEqual([changed, dear]);
    expect(withSaved([base], dear)).toEqual([base, dear]);
  });

  it('is copied under the first free name', () => {
    expect(copyOf(base, [base]).name).toBe('Base case copy');
    const copy = { ...base, name: 'Base case copy' };
    expect(copyOf(base, [base, copy])).toEqual({ ...base, name: 'Base case copy 2' });
  });

  it('is another one under another name', () => {
    expect(isSameScenario(base, { ...base })).toBe(true);
    expect(isSameScenario(base, { ...base, name: 'Other' })).toBe(false);
  });

  it('is called by its template when it has no name', () => {
    expect(scenarioName({ ...base, name: '' })).toBe('Lending');
    expect(scenarioText(defaultScenario('fraud', null))).toBe(
      'review cost 5, friction cost 10, chargeback fee 0, transaction amount 100',
    );
  });
});

describe('what can stand beside the scenario in force', () => {
  it('is every kept one that differs, and the kept form of a changed one', () => {
    const { options, value, scenarioOf } = besideOptions({ ...base, reviewCost: 60 }, [base, dear], null);
    expect(options.map(({ label, detail }) => [label, detail])).toEqual([
      ['None', undefined],
      ['Base case', 'as saved'],
      ['Dear reviews', undefined],
    ]);
    expect(value).toBe(NOTHING_BESIDE);
    expect(scenarioOf(options[2]!.id)).toEqual(dear);
    expect(besideOptions(base, [base], null).options).toHaveLength(1);
  });

  it('is the present second one too, kept or not', () => {
    expect(besideOptions(base, [base, dear], { ...dear }).value).toBe('0');
    const { options, value } = besideOptions(base, [base, dear], { ...dear, reviewCost: 400 });
    expect(options.at(-1)).toEqual({ id: '1', label: 'Dear reviews', detail: 'not saved' });
    expect(value).toBe('1');
  });
});
