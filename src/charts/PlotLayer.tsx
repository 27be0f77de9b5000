import type { PointerEvent, ReactNode, RefObject } from 'react';
import type { PlotFrame } from './plot-frame.ts';

export interface PlotLayerProps {
  /** For reading where a pointer is within the picture. */
  readonly svg: RefObject<SVGSVGElement | null>;
  readonly frame: PlotFrame;
  readonly onHover: (event: PointerEvent<Element>) => void;
  readonly onLeave: () => void;
  /** A press that ends in the plot: a finger that scrolls the page ends in pointercancel and never gets here. */
  readonly onRelease?: (event: PointerEvent<Element>) => void;
  readonly children: ReactNode;
}

/** What lies over a still plot: all that moves, listens or is written on it. */
export function PlotLayer({ svg, frame, onHover, onLeave, onRelease, children }: PlotLayerProps) {
  return (
    <svg
      ref={svg}
      width={frame.width}
      height={frame.height}
      className="absolute inset-0 overflow-visible"
      aria-hidden="true"
      onPointerMove={onHover}
      onPointerLeave={onLeave}
    >
      <rect
        x={frame.left}
        y={frame.top}
        width={frame.right - frame.left}
        height={frame.bottom - frame.top}
        fill="transparent"
        data-export="no"
        {...(onRelease === undefined ? {} : { onPointerUp: onRelease })}
      />
      {children}
    </svg>
  );
}
