/** What can be readied for a ground and kept: an explainer of rows, or of pairs of features. */
interface Releasable {
  release(): void;
}

/** What an explainer belongs to: it goes with any of them. */
export interface ExplainerOwner {
  readonly modelId: string;
  readonly tableId: string;
  readonly groundId: string;
}

/** Tables take up to 48 MB a model beside the scoring kernel: one explainer for rows, one for pairs, and one more while a choice changes. */
const MOST_EXPLAINERS = 3;

/** Lends out explainers, one for each ground and use at a time. */
export interface LentExplainers {
  /**
   * Runs `use` with the explainer made before for the same ground and `kind`, else with a new one; after those who have it
   * or asked for it earlier. It is not let go before `use` has ended; it must not be used afterwards.
   */
  withExplainer<E extends Releasable, R>(
    owner: ExplainerOwner,
    kind: string,
    create: () => E,
    use: (explainer: E) => Promise<R>,
  ): Promise<R>;
  /** Lets go the explainers of some owners, at once or after their last use. */
  drop(isDoomed: (owner: ExplainerOwner) => boolean): void;
}

interface HeldExplainer {
  readonly owner: ExplainerOwner;
  readonly kind: string;
  readonly explainer: Releasable;
  /** Jobs that use it now or wait for it. */
  users: number;
  /** Ends when the last of them has ended: an explainer gives one answer at a time. */
  free: Promise<void>;
}

function ended(): void {}

/** Keeps the explainers used last; one more lets the oldest go. */
export function lentExplainers(): LentExplainers {
  /** The last used at the end. */
  let kept: readonly HeldExplainer[] = [];
  const releaseUnused = (held: HeldExplainer) => {
    if (!kept.includes(held) && held.users === 0) held.explainer.release();
  };
  const keepOnly = (wanted: readonly HeldExplainer[]) => {
    const before = kept;
    kept = wanted;
    for (const held of before) releaseUnused(held);
  };
  return {
    withExplainer: async (owner, kind, create, use) => {
      const known = kept.find((held) => held.owner.groundId === owner.groundId && held.kind === kind);
      const others = kept.filter((held) => held !== known);
      // The room of the oldest is free before a new one takes its own.
      if (known === undefined) keepOnly(others.slice(-(MOST_EXPLAINERS - 1)));
      const held = known ?? { owner, kind, explainer: create(), users: 0, free: Promise.resolve() };
      kept = [...kept.filter((other) => other !== held), held];
      held.users++;
      const using = held.free.then(() => use(held.explainer as ReturnType<typeof create>));
      held.free = using.then(ended, ended);
      try {
        return await using;
      } finally {
        held.users--;
        releaseUnused(held);
      }
    },
    drop: (isDoomed) => keepOnly(kept.filter(({ owner }) => !isDoomed(owner))),
  };
}
