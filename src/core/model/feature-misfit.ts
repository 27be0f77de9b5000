import type { Column } from '../table/column.ts';
import type { ModelFeature } from './model-features.ts';

/**
 * Why a column cannot feed a feature, in the words of a mapping report's `found`; null when it can.
 *
 * Numbers feed string inputs when the table can write them as the file did; a category of true and false feeds booleans, and numbers as
 * 1 and 0 (so pandas hands it to every library).
 * Dates feed nothing: no number or text of a date is the one that the model was trained on.
 */
export function featureMisfit(feature: ModelFeature, column: Column): string | null {
  switch (feature.kind) {
    case 'number':
      return column.kind === 'number' || isTruths(column) ? null : column.kind;
    case 'string':
      if (column.kind === 'category' || column.kind === 'text') return null;
      if (column.kind === 'date') return 'date';
      // Which text the encoder was trained on cannot be told when the file writes 1 and 1.0 side by side.
      return column.spelling === 'mixed' ? 'number written in several forms' : null;
    case 'boolean':
      return booleanMisfit(column);
  }
}

function booleanMisfit(column: Column): string | null {
  if (column.kind === 'number') {
    const isBoolean = column.values.every((value) => value === 0 || value === 1 || Number.isNaN(value));
    return isBoolean ? null : 'number other than 0 and 1';
  }
  return isTruths(column) ? null : column.kind;
}

function isTruths(column: Column): boolean {
  return column.kind === 'category' && column.dictionary.every((value) => /^(true|false)$/i.test(value));
}
