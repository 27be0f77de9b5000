import type { ProportionMethod } from '../src/core/stats/proportion-interval.ts';
import type { StrategyResult, ThresholdDecision } from '../src/core/threshold/decision.ts';
import type { Uncertainty } from '../src/core/threshold/uncertainty.ts';
import {
  type ProportionsSection,
  proportionsSection,
  type UncertaintySection,
  uncertaintySection,
} from './uncertainty-section.ts';

/** What one rule picks. */
export interface StrategySection extends ProportionsSection {
  readonly name: string;
  readonly threshold: number | null;
  readonly tp: number | null;
  readonly fp: number | null;
  readonly tn: number | null;
  readonly fn: number | null;
  readonly precision: number | null;
  readonly recall: number | null;
  readonly flagged: number | null;
  readonly net: number | null;
  readonly roi: number | null;
  /** Why there is no threshold; null when there is one. */
  readonly reason: StrategyResult['reason'];
  /** By the bootstrap; null without one. */
  readonly uncertainty: UncertaintySection | null;
}

/** The same figures at a threshold that was asked for. */
export type DecisionSection = Omit<StrategySection, 'name' | 'reason'>;

/** How the figures of the sections are made. */
export interface SectionContext {
  readonly method: ProportionMethod;
  /** null without a bootstrap. */
  readonly uncertainty: Uncertainty | null;
  /** Of the threshold that was asked for; null without one or without a bootstrap. */
  readonly fixed: Uncertainty['fixed'];
  /** The decision that flags nobody. */
  readonly nobody: ThresholdDecision;
}

/** `maxF1`, `maxFBeta2`, `recallAtLeast0.75`, `capacity500`: the rule, and its parameter (rates with two decimals at least). */
function strategyName({ rule, parameter }: StrategyResult): string {
  if (Number.isNaN(parameter)) return rule;
  if (rule === 'capacity' || rule === 'maxFBeta') return `${rule}${parameter}`;
  const decimals = String(parameter).split('.')[1]?.length ?? 0;
  return `${rule}${parameter.toFixed(Math.max(2, decimals))}`;
}

/** One strategy's row. Flagging nobody has counts and money but no threshold; an unreachable rule has neither. */
export function strategySection(result: StrategyResult, context: SectionContext): StrategySection {
  const { rule, decision, reason } = result;
  const found = context.uncertainty?.strategies.find((strategy) => strategy.rule === rule);
  const uncertainty = uncertaintySection(found);
  const common = { name: strategyName(result), reason, uncertainty };
  if (decision !== null) return { ...common, ...figuresOf(decision, context.method) };
  if (reason === 'flag-nobody') {
    return { ...common, ...figuresOf(context.nobody, context.method), threshold: null };
  }
  return {
    ...common,
    ...{ threshold: null, tp: null, fp: null, tn: null, fn: null, precision: null, recall: null },
    ...{ flagged: null, net: null, roi: null, rowsToNoticeDrop: null },
    ...{ recallInterval: [null, null], precisionInterval: [null, null] },
  };
}

export function decisionSection(decision: ThresholdDecision, context: SectionContext): DecisionSection {
  return {
    ...figuresOf(decision, context.method),
    uncertainty: uncertaintySection(context.fixed),
  };
}

function figuresOf(
  decision: ThresholdDecision,
  method: ProportionMethod,
): Omit<DecisionSection, 'uncertainty'> {
  const { threshold, tp, fp, tn, fn, precision, recall, flagged, money } = decision;
  return {
    threshold,
    tp,
    fp,
    tn,
    fn,
    precision: definedOrNull(precision),
    recall: definedOrNull(recall),
    flagged,
    net: money === null ? null : definedOrNull(money.net),
    roi: money === null ? null : definedOrNull(money.roi),
    ...proportionsSection(decision, method),
  };
}

/** NaN and the infinities have no JSON form: they are null. */
function definedOrNull(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}
