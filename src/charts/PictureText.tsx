import type { ReactNode } from 'react';

export interface PictureTextProps {
  readonly x: number;
  /** Baseline. */
  readonly y: number;
  readonly children: ReactNode;
  readonly anchor?: 'start' | 'middle' | 'end';
  readonly fill?: string;
  readonly bold?: boolean;
  /** A 4 px edge in the surface's colour, so that text stays readable on lines. */
  readonly halo?: boolean;
}

/** Text in a picture: 11 px, never less. */
export function PictureText(props: PictureTextProps) {
  const { x, y, children, anchor = 'start', fill = 'var(--text-2)', bold = false, halo = false } = props;
  return (
    <text
      x={x}
      y={y}
      textAnchor={anchor}
      fontSize={11}
      fontWeight={bold ? 600 : 400}
      fill={fill}
      {...(halo
        ? { stroke: 'var(--surface)', strokeWidth: 4, strokeLinejoin: 'round' as const, paintOrder: 'stroke' }
        : {})}
    >
      {children}
    </text>
  );
}
