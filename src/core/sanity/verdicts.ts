import type { ModelCheck, ModelCheckCode } from './model-check.ts';

type Evidence = ModelCheck['evidence'];

/** The four ways in which one check can end, with its code filled in. Advice is one sentence, or empty. */
export function verdictsOf(code: ModelCheckCode) {
  return {
    pass: (title: string, finding: string, evidence: Evidence = [], advice = ''): ModelCheck => ({
      code,
      verdict: 'pass',
      title,
      finding,
      advice,
      evidence,
    }),
    warn: (title: string, finding: string, advice: string, evidence: Evidence = []): ModelCheck => ({
      code,
      verdict: 'warn',
      title,
      finding,
      advice,
      evidence,
    }),
    fail: (title: string, finding: string, advice: string, evidence: Evidence = []): ModelCheck => ({
      code,
      verdict: 'fail',
      title,
      finding,
      advice,
      evidence,
    }),
    unknown: (title: string, finding: string, advice = '', evidence: Evidence = []): ModelCheck => ({
      code,
      verdict: 'not-enough-data',
      title,
      finding,
      advice,
      evidence,
    }),
  };
}
