import { useState } from 'react';
import type { ScenarioAnswer } from '../../contracts/judgement.ts';
import { nextTurn, type ScenarioTurn, turnSentence } from './ranking-turn.ts';

/** What the last change of the scenario did to the order of the rules, as a sentence; '' when nothing turned. */
export function useRankingTurn(answer: ScenarioAnswer): string {
  const [turn, setTurn] = useState<ScenarioTurn>(() => nextTurn(null, answer));
  // Taken over while it renders: the sentence belongs to the very answer that is shown.
  const next = nextTurn(turn, answer);
  if (next !== turn) setTurn(next);
  return turnSentence(next);
}
