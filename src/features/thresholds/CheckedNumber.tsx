import { useState } from 'react';
import { NumberField } from '../../design/NumberField.tsx';
import { type NumberKind, numberError } from './scenario-form.ts';

export interface CheckedNumberProps {
  readonly label: string;
  readonly unit?: string;
  readonly step: number;
  readonly kind: NumberKind;
  readonly value: number;
  readonly layout?: 'row' | 'stack' | 'bare';
  readonly onChange: (value: number) => void;
}

/** A float64 has no more significant decimals than this: what was typed is shown as it was typed. */
const MOST_DECIMALS = 15;
const shareFormat = { minimumFractionDigits: 2, maximumFractionDigits: MOST_DECIMALS, useGrouping: false };
const moneyFormat = { maximumFractionDigits: MOST_DECIMALS };

/** Characters that fit the field beside its label; a longer number gets a line of its own. */
const FITTING = 10;

/** A number that is taken over only when it can be used; what was typed otherwise stays, with the reason. */
export function CheckedNumber(props: CheckedNumberProps) {
  const { label, unit, step, kind, value, layout = 'row', onChange } = props;
  const [refused, setRefused] = useState<{ readonly typed: number; readonly instead: number } | null>(null);
  // Reset or undo changed the value under a refused one: the refused one is history.
  const standing = refused !== null && Object.is(refused.instead, value) ? refused : null;
  const format = kind === 'share' || kind === 'openShare' ? shareFormat : moneyFormat;
  const text = Number.isNaN(value) ? 'nothing' : new Intl.NumberFormat(undefined, format).format(value);
  const reason = standing === null ? null : numberError(standing.typed, kind);
  const commit = (typed: number) => {
    if (numberError(typed, kind) === null) {
      setRefused(null);
      onChange(typed);
    } else setRefused({ typed, instead: value });
  };
  return (
    <NumberField
      label={label}
      {...(unit === undefined ? {} : { unit })}
      step={step}
      format={format}
      layout={layout === 'row' && text.length > FITTING ? 'stack' : layout}
      value={standing?.typed ?? value}
      error={reason === null ? null : `${reason} Not used: ${text} is in force.`}
      onCommit={commit}
    />
  );
}
