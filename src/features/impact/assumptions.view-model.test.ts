import { describe, expect, it } from 'vitest';
import { defaultScenario } from '../../core/money/scenario-templates.ts';
import { assumptionsText } from './assumptions.view-model.ts';

describe('assumptionsText', () => {
  const fresh = defaultScenario('lending', null);

  it('says that the numbers of a template are examples, until one is changed', () => {
    expect(assumptionsText('Lending: review cost 50', fresh)).toBe(
      'Example numbers of the template, assumed until you set your own: Lending: review cost 50.',
    );
    const changed = { ...fresh, reviewCost: fresh.reviewCost + 1 };
    expect(assumptionsText('Lending: review cost 51', changed)).toBe('Assumed: Lending: review cost 51.');
    expect(assumptionsText('Lending', { ...fresh, rowsPerYear: 12_000 })).toBe('Assumed: Lending.');
    expect(assumptionsText('Lending', { ...fresh, fixedCost: 100 })).toBe('Assumed: Lending.');
  });

  it('says nothing of the template for figures that were kept under another scenario', () => {
    expect(assumptionsText('Lending: review cost 50', null)).toBe('Assumed: Lending: review cost 50.');
  });
});
