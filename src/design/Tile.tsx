import { useState } from 'react';
import { classNames } from './class-names.ts';

export interface TileProps {
  readonly label: string;
  /** As shown: "47.0 %". */
  readonly value: string;
  /** Exact, in the title and on the clipboard: "0.47006". */
  readonly exact: string;
  /** Against the pinned baseline. `text` carries its sign; `direction` 0 shows no arrow; `good` null is neutral. */
  readonly change?: {
    readonly text: string;
    readonly direction: -1 | 0 | 1;
    readonly good: boolean | null;
  } | null;
}

/** One number of the decision bar; pressing it copies the exact value. A plain button: six of them change on every frame of a drag. */
export function Tile({ label, value, exact, change }: TileProps) {
  const [copied, setCopied] = useState(false);
  const copy = () => {
    navigator.clipboard.writeText(exact).then(
      () => setCopied(true),
      () => setCopied(false),
    );
  };
  return (
    <button
      type="button"
      onClick={copy}
      onBlur={() => setCopied(false)}
      onPointerLeave={() => setCopied(false)}
      className="flex min-w-0 cursor-default flex-col items-start justify-start px-3.5 py-[15px] text-left -outline-offset-2 max-wide:px-4 max-wide:py-1.5"
    >
      <span className="block max-w-full truncate text-caption text-text-3">{copied ? 'Copied' : label}</span>
      <span
        title={exact}
        className="block text-tile font-semibold tracking-[-0.015em] whitespace-nowrap max-wide:text-[16px] max-wide:leading-[22px]"
      >
        {value}
      </span>
      {change !== undefined && change !== null && (
        <span className={classNames('block text-caption whitespace-nowrap', changeColour(change.good))}>
          {change.direction !== 0 && <span aria-hidden>{change.direction > 0 ? '▲ ' : '▼ '}</span>}
          {change.text}
        </span>
      )}
    </button>
  );
}

function changeColour(good: boolean | null): string {
  if (good === null) return 'text-text-3';
  return good ? 'text-gain-ink' : 'text-loss-ink';
}
