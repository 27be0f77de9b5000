import type { KeptFile, ScoresInfo } from '../../src/contracts/tasks.ts';
import type { GlobalExplanation } from '../../src/core/explain/explanation.ts';

/** What a kept file says of itself: all that a list of kept data shows, without its content. */
export type KeptLabel =
  | {
      readonly kind: 'table';
      readonly id: string;
      readonly name: string;
      readonly shape: NonNullable<KeptFile['shape']>;
    }
  | { readonly kind: 'model'; readonly id: string; readonly name: string }
  | {
      readonly kind: 'scores';
      readonly id: string;
      /** Base id of the table whose rows were scored: they are forgotten together. */
      readonly tableId: string;
      readonly info: ScoresInfo;
    }
  | {
      readonly kind: 'explanation';
      readonly id: string;
      /** Base id of the table whose rows were explained: they are forgotten together. */
      readonly tableId: string;
      readonly figures: Pick<GlobalExplanation, 'plan' | 'rowCount' | 'sampling' | 'maxAdditivityError'> & {
        /** A third section holds standard errors. */
        readonly hasErrors: boolean;
      };
    };

/** Name of the file in the storage: no two things share one, and the same thing has the same in every tab. */
export function keptFileName({ kind, id }: Pick<KeptLabel, 'kind' | 'id'>): string {
  return `${kind}.${id}`;
}
