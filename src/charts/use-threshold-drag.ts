import { type PointerEvent, useEffect, useRef, useState } from 'react';

/** 'drag' while the pointer is down (at most once a frame), 'done' once at its end: that one belongs into undo history. */
export type ThresholdHandler = (threshold: number, phase: 'drag' | 'done') => void;

export interface ThresholdDrag<E extends Element> {
  /** Where the finger is while it drags, before any snapping; null otherwise. */
  readonly draft: number | null;
  readonly handlers: {
    onPointerDown(event: PointerEvent<E>): void;
    onPointerMove(event: PointerEvent<E>): void;
    onPointerUp(event: PointerEvent<E>): void;
    onPointerCancel(event: PointerEvent<E>): void;
  };
}

/**
 * Drag with pointer capture: the marker follows the finger at once, the handler hears at most one value a frame.
 * Grabbing the marker keeps the distance to its middle, and letting it go unmoved changes nothing: a round trip through
 * px would move the threshold by a hair, and a row with exactly that score would change side.
 *
 * @param read the threshold under a pointer that is `offset` px left of what it drags; NaN where there is none
 * @param grab the marker's middle minus the pointer, in px, when the pointer is on the marker; null elsewhere: the
 *   threshold then jumps to the pointer at once
 */
export function useThresholdDrag<E extends Element>(
  read: (event: PointerEvent<E>, offset: number) => number,
  grab: (event: PointerEvent<E>) => number | null,
  onThreshold: ThresholdHandler | undefined,
): ThresholdDrag<E> {
  const [draft, setDraft] = useState<number | null>(null);
  const frame = useRef(0);
  const last = useRef(Number.NaN);
  const offset = useRef(0);
  const handler = useRef(onThreshold);
  handler.current = onThreshold;
  useEffect(() => () => cancelAnimationFrame(frame.current), []);

  const follow = (event: PointerEvent<E>) => {
    const threshold = read(event, offset.current);
    if (Number.isNaN(threshold)) return;
    last.current = threshold;
    cancelAnimationFrame(frame.current);
    frame.current = requestAnimationFrame(() => {
      setDraft(threshold);
      handler.current?.(threshold, 'drag');
    });
  };
  const finish = (event: PointerEvent<E>) => {
    if (!event.currentTarget.hasPointerCapture(event.pointerId)) return;
    event.currentTarget.releasePointerCapture(event.pointerId);
    cancelAnimationFrame(frame.current);
    setDraft(null);
    if (!Number.isNaN(last.current)) handler.current?.(last.current, 'done');
  };
  return {
    draft,
    handlers: {
      onPointerDown: (event) => {
        if (onThreshold === undefined || event.button !== 0) return;
        event.currentTarget.setPointerCapture(event.pointerId);
        last.current = Number.NaN;
        const grabbed = grab(event);
        offset.current = grabbed ?? 0;
        if (grabbed === null) follow(event);
      },
      onPointerMove: (event) => {
        if (event.currentTarget.hasPointerCapture(event.pointerId)) follow(event);
      },
      onPointerUp: finish,
      onPointerCancel: finish,
    },
  };
}
