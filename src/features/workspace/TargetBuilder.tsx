import { ArrowLeft, ArrowRight } from 'lucide-react';
import { type DragEvent, useEffect, useRef, useState } from 'react';
import type { ColumnSummary } from '../../core/table/summary.ts';
import type { TargetDefinition } from '../../core/table/target.ts';
import { Button } from '../../design/Button.tsx';
import { classNames } from '../../design/class-names.ts';
import { formatCount, formatCountOf, formatRate } from '../../design/format.ts';
import { Notice } from '../../design/Notice.tsx';
import { Panel } from '../../design/Panel.tsx';
import { useWorkspace } from '../../state/workspace-store.ts';
import { type TargetGroup, type TargetValue, targetView, withValueIn } from './target-values.ts';

/** The groups from left to right; a value moves one step at a time. */
const GROUPS: readonly TargetGroup[] = ['positive', 'negative', 'excluded'];

const LOOKS: Readonly<
  Record<TargetGroup, { readonly title: string; readonly says: string; readonly edge: string }>
> = {
  positive: { title: 'Positive', says: 'the bad outcome, to be caught', edge: 'border-pos' },
  negative: { title: 'Negative', says: 'every other outcome', edge: 'border-neg' },
  excluded: { title: 'Excluded', says: 'scored, never judged', edge: 'border-ref' },
};

/** What a dragged value travels as; other drags are let through. */
const DRAG_TYPE = 'application/x-cutline-label';

export interface TargetBuilderProps {
  readonly column: ColumnSummary;
  readonly target: TargetDefinition;
  readonly rowCount: number;
}

/** The values of the target column, moved between positive, negative and excluded by buttons, keys or dragging. */
export function TargetBuilder({ column, target, rowCount }: TargetBuilderProps) {
  const choose = useWorkspace((state) => state.choose);
  const [moved, setMoved] = useState<string | null>(null);
  const view = targetView(column, target, rowCount);
  const move = (value: string, group: TargetGroup): void => {
    choose({ target: withValueIn(target, value, group) });
    setMoved(value);
  };
  return (
    <Panel
      title={`Values of ${column.name}`}
      caption={`All ${formatCount(rowCount)} rows; ${view.rows.excluded === 0 ? 'none' : formatCount(view.rows.excluded)} excluded. Move values with the arrows, or drag them`}
      ruled
    >
      <div className="grid gap-3 wide:grid-cols-3">
        {GROUPS.map((group) => (
          <GroupBox
            key={group}
            group={group}
            values={view.values.filter((value) => value.group === group)}
            rows={view.rows[group]}
            rowCount={rowCount}
            more={moreText(group, view)}
            moved={moved}
            onMove={move}
          />
        ))}
      </div>
      {view.problem === null && view.absent.length > 0 && (
        <div className="mt-3">
          <Notice tone="warn">
            No row holds {view.absent.map((value) => `“${value}”`).join(', ')}; the rest is used.
          </Notice>
        </div>
      )}
    </Panel>
  );
}

/** Rows of a group beyond its listed values. */
function moreText(
  group: TargetGroup,
  view: { readonly missing: number; readonly unlisted: number },
): string | null {
  if (group === 'excluded' && view.missing > 0)
    return `(missing): ${formatCountOf(view.missing, 'row')} without a label`;
  if (group === 'negative' && view.unlisted > 0)
    return `${formatCountOf(view.unlisted, 'row')} with rarer values`;
  return null;
}

interface GroupBoxProps {
  readonly group: TargetGroup;
  readonly values: readonly TargetValue[];
  readonly rows: number;
  readonly rowCount: number;
  readonly more: string | null;
  /** The value that was moved last: it keeps the focus. */
  readonly moved: string | null;
  readonly onMove: (value: string, group: TargetGroup) => void;
}

function GroupBox({ group, values, rows, rowCount, more, moved, onMove }: GroupBoxProps) {
  const [hanging, setHanging] = useState(false);
  const look = LOOKS[group];
  const onDragOver = (event: DragEvent): void => {
    if (!event.dataTransfer.types.includes(DRAG_TYPE)) return;
    event.preventDefault();
    setHanging(true);
  };
  const onDrop = (event: DragEvent): void => {
    setHanging(false);
    const value = event.dataTransfer.getData(DRAG_TYPE);
    if (event.dataTransfer.types.includes(DRAG_TYPE)) onMove(value, group);
  };
  return (
    <section
      aria-label={`${look.title} values`}
      onDragOver={onDragOver}
      onDragLeave={() => setHanging(false)}
      onDrop={onDrop}
      className={classNames('min-w-0 border-t-2 pt-2', look.edge, hanging && 'bg-accent-soft')}
    >
      <h3 className="flex items-baseline justify-between gap-2">
        {look.title}
        <span className="font-normal">
          {formatCountOf(rows, 'row')} <span className="text-text-3">{formatRate(rows / rowCount)}</span>
        </span>
      </h3>
      <p className="text-caption text-text-3">{look.says}</p>
      <ul className="mt-1 max-h-60 overflow-auto">
        {values.map((value) => (
          <ValueLine key={value.value} value={value} hasFocus={moved === value.value} onMove={onMove} />
        ))}
      </ul>
      {values.length === 0 && more === null && <p className="py-1 text-table text-text-3">no value</p>}
      {more !== null && <p className="py-1 text-table text-text-2">{more}</p>}
    </section>
  );
}

interface ValueLineProps {
  readonly value: TargetValue;
  readonly hasFocus: boolean;
  readonly onMove: (value: string, group: TargetGroup) => void;
}

function ValueLine({ value, hasFocus, onMove }: ValueLineProps) {
  const line = useRef<HTMLLIElement>(null);
  const place = GROUPS.indexOf(value.group);
  useEffect(() => {
    if (hasFocus) line.current?.querySelector('button')?.focus();
  }, [hasFocus]);
  const shown = value.value === '' ? '(empty)' : value.value;
  const arrow = (step: -1 | 1) => {
    const group = GROUPS[place + step];
    const Icon = step < 0 ? ArrowLeft : ArrowRight;
    return group === undefined ? null : (
      <Button kind="icon" label={`Move ${shown} to ${group}`} onPress={() => onMove(value.value, group)}>
        <Icon size={14} strokeWidth={1.75} aria-hidden="true" className="max-wide:rotate-90" />
      </Button>
    );
  };
  return (
    <li
      ref={line}
      draggable
      onDragStart={(event) => event.dataTransfer.setData(DRAG_TYPE, value.value)}
      className="flex cursor-grab items-center gap-1 rounded-badge text-table hover:bg-sunk"
    >
      <span className="min-w-0 flex-1 truncate pl-1 font-medium" title={shown}>
        {shown}
      </span>
      <span className="text-text-3">{formatCount(value.count)}</span>
      <span className="flex w-[60px] justify-end">
        {arrow(-1)}
        {arrow(1)}
      </span>
    </li>
  );
}
