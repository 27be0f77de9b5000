import { describe, expect, it } from 'vitest';
import { typedThreshold } from './typed-threshold.ts';

const axis = [0.0018, 0.99812] as const;

describe('typedThreshold', () => {
  it('takes what lies on the axis, ends included', () => {
    expect(typedThreshold(0.7, axis)).toEqual({ threshold: 0.7 });
    expect(typedThreshold(0.0018, axis)).toEqual({ threshold: 0.0018 });
    expect(typedThreshold(0.99812, axis)).toEqual({ threshold: 0.99812 });
  });

  it('refuses what lies outside, and says where scores lie', () => {
    const refusal = { refusal: 'Scores lie between 0.0018 and 0.9981' };
    expect(typedThreshold(1.7, axis)).toEqual(refusal);
    expect(typedThreshold(-0.1, axis)).toEqual(refusal);
    expect(typedThreshold(Number.POSITIVE_INFINITY, axis)).toEqual(refusal);
  });

  it('takes an end as the page writes it for the end', () => {
    expect(typedThreshold(0.9976, [0.1, 0.99757])).toEqual({ threshold: 0.99757 });
    expect(typedThreshold(0.0021, [0.00214, 0.9])).toEqual({ threshold: 0.00214 });
    expect(typedThreshold(0.001, [0.00214, 0.9])).toEqual({ refusal: 'Scores lie between 0.0021 and 0.9' });
  });

  it('says so when there is only one score', () => {
    expect(typedThreshold(0.6, [0.5, 0.5])).toEqual({ refusal: 'Every score is 0.5' });
    expect(typedThreshold(0.5, [0.5, 0.5])).toEqual({ threshold: 0.5 });
  });
});
