import type { GateReport } from '../../src/core/parity/gate-report.ts';
// Types only: the engine brings ONNX Runtime, which loads when a model needs it and not before.
import type { Scorer } from '../../src/engine/scorer.ts';
import type { Shelf } from '../holds.ts';
import type { HeldModel } from './models.ts';

/** A session takes some 30 MB beside its model; three let two forms of a model be run in turns, and their kernel. */
const MOST_SCORERS = 3;

/** Lends out what scores a model, one for each model and engine at a time. */
export interface LentScorers {
  /**
   * Runs `use` with the model's scorer, made now if there is none. The scorer is not freed before `use` has ended; it
   * must not be used afterwards.
   * @throws {DataError} `unknown-handle`; what `createModelScorer` and `use` throw
   */
  withScorer<R>(
    modelId: string,
    engine: GateReport['engine'],
    use: (scorer: Scorer) => Promise<R>,
  ): Promise<R>;
  /** Frees the scorers of a model, at once or after the last use. */
  dropModel(modelId: string): Promise<void>;
}

interface HeldScorer {
  readonly modelId: string;
  readonly engine: GateReport['engine'];
  readonly scorer: Promise<Scorer>;
  /** Runs that use it now. */
  users: number;
}

/** Keeps the scorers used last; one more frees the oldest, at once or, when runs still use it, after the last of them. */
export function lentScorers(models: Shelf<HeldModel>): LentScorers {
  /** The last used at the end. */
  let kept: readonly HeldScorer[] = [];
  const freeUnused = async (held: HeldScorer | undefined) => {
    if (held === undefined || kept.includes(held) || held.users > 0) return;
    const scorer = await held.scorer.catch(() => null);
    await scorer?.release();
  };
  const take = (modelId: string, engine: GateReport['engine']): HeldScorer => {
    const known = kept.find((held) => held.modelId === modelId && held.engine === engine);
    const others = kept.filter((held) => held !== known);
    if (known !== undefined) {
      kept = [...others, known];
      return known;
    }
    const { opened } = models.get(modelId);
    const evicted = others.length < MOST_SCORERS ? undefined : others[0];
    const create = async () => {
      await freeUnused(evicted);
      return (await import('../../src/engine/model-scorers.ts')).createModelScorer(opened, engine);
    };
    // `create` must not run before `kept` is the new one, or it would take the evicted one for wanted.
    const made: HeldScorer = { modelId, engine, scorer: Promise.resolve().then(create), users: 0 };
    kept = [...others.filter((held) => held !== evicted), made];
    // A scorer that could not be made is tried again by the next run, and says so again.
    made.scorer.catch(() => {
      kept = kept.filter((held) => held !== made);
    });
    return made;
  };
  return {
    withScorer: async (modelId, engine, use) => {
      const held = take(modelId, engine);
      held.users++;
      try {
        return await use(await held.scorer);
      } finally {
        held.users--;
        await freeUnused(held);
      }
    },
    dropModel: async (modelId) => {
      const dropped = kept.filter((held) => held.modelId === modelId);
      kept = kept.filter((held) => held.modelId !== modelId);
      await Promise.all(dropped.map(freeUnused));
    },
  };
}
