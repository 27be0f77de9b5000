import { useElementWidth } from '../../charts/use-element-width.ts';
import { type StepPlace, type WaterfallStep, waterfallPlaces } from './waterfall-places.ts';

/** Px of a step and of its bar; `main` where it is the page's main picture. */
const sizes = { aside: { step: 27, bar: 18 }, main: { step: 52, bar: 34 } } as const;

export type WaterfallSize = keyof typeof sizes;

/** Height in px of the picture of these steps. */
export function waterfallHeight(steps: readonly WaterfallStep[], size: WaterfallSize = 'aside'): number {
  return steps.length * sizes[size].step + 5;
}

/** From what was prevented to what is left. */
export function WaterfallPicture(props: {
  readonly steps: readonly WaterfallStep[];
  readonly size: WaterfallSize;
}) {
  const { steps, size } = props;
  const { ref, width } = useElementWidth<HTMLDivElement>();
  return (
    <div ref={ref} style={{ height: waterfallHeight(steps, size) }}>
      {width > 0 && <WaterfallDrawing steps={steps} width={width} size={size} />}
    </div>
  );
}

/** The still picture at a given width, also for paper: there `isFluid` lets it take the width that it is given. */
export function WaterfallDrawing(props: {
  readonly steps: readonly WaterfallStep[];
  readonly width: number;
  readonly size?: WaterfallSize;
  readonly isFluid?: boolean;
}) {
  const { steps, width, size = 'aside', isFluid = false } = props;
  const { step, bar } = sizes[size];
  const places = waterfallPlaces(steps, width);
  const height = waterfallHeight(steps, size);
  return (
    <svg
      width={isFluid ? '100%' : width}
      height={isFluid ? undefined : height}
      viewBox={`0 0 ${width} ${height}`}
      aria-hidden="true"
      className="block"
    >
      {places.steps.map((place, index) => (
        <Step
          key={place.step.label}
          place={place}
          top={index * step + 4}
          bar={bar}
          gap={step - bar}
          width={width}
          isLast={index === places.steps.length - 1}
        />
      ))}
      <path d={`M${places.zero} 0V${height}`} stroke="var(--axis)" />
    </svg>
  );
}

const fills = { gain: 'var(--gain)', cost: 'var(--loss)', net: 'var(--text)' };

interface StepProps {
  readonly place: StepPlace;
  readonly top: number;
  /** Height of the bar, and from it to the next. */
  readonly bar: number;
  readonly gap: number;
  readonly width: number;
  readonly isLast: boolean;
}

function Step({ place, top, bar, gap, width, isLast }: StepProps) {
  const baseline = top + bar / 2 + 4;
  const { step, lines, start, end, after } = place;
  const isNet = step.kind === 'net';
  const weight = isNet ? 600 : 400;
  return (
    <g fontSize={12} fontWeight={weight}>
      {lines.map((line, index) => (
        <text
          key={line}
          x={0}
          y={baseline + (lines.length === 1 ? 0 : index * 13 - 6)}
          fontSize={12}
          fontWeight={weight}
          fill={isNet ? 'var(--text)' : 'var(--text-2)'}
        >
          {line}
        </text>
      ))}
      <rect
        x={start}
        y={top}
        width={Math.max(end - start, 1)}
        height={bar}
        fill={fills[step.amount < 0 && step.kind === 'gain' ? 'cost' : step.kind]}
      />
      {!isLast && <path d={`M${after} ${top + bar}v${gap}`} stroke="var(--axis)" />}
      <text x={width} y={baseline} textAnchor="end" fontSize={12} fontWeight={weight} fill="var(--text)">
        {step.text}
      </text>
    </g>
  );
}
