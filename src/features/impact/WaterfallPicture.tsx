import { useElementWidth } from '../../charts/use-element-width.ts';
import { type StepPlace, type WaterfallStep, waterfallPlaces } from './waterfall-places.ts';

const STEP = 27;
const BAR = 18;

/** Height in px of the picture of these steps. */
export function waterfallHeight(steps: readonly WaterfallStep[]): number {
  return steps.length * STEP + 5;
}

/** From what was prevented to what is left. */
export function WaterfallPicture({ steps }: { readonly steps: readonly WaterfallStep[] }) {
  const { ref, width } = useElementWidth<HTMLDivElement>();
  return (
    <div ref={ref} style={{ height: waterfallHeight(steps) }}>
      {width > 0 && <WaterfallDrawing steps={steps} width={width} />}
    </div>
  );
}

/** The still picture at a given width, also for paper: there `isFluid` lets it take the width that it is given. */
export function WaterfallDrawing(props: {
  readonly steps: readonly WaterfallStep[];
  readonly width: number;
  readonly isFluid?: boolean;
}) {
  const { steps, width, isFluid = false } = props;
  const places = waterfallPlaces(steps, width);
  const height = waterfallHeight(steps);
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
          top={index * STEP + 4}
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
  readonly width: number;
  readonly isLast: boolean;
}

function Step({ place, top, width, isLast }: StepProps) {
  const { step, lines, start, end, after } = place;
  const isNet = step.kind === 'net';
  const weight = isNet ? 600 : 400;
  return (
    <g fontSize={12} fontWeight={weight}>
      {lines.map((line, index) => (
        <text
          key={line}
          x={0}
          y={top + 13 + (lines.length === 1 ? 0 : index * 13 - 6)}
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
        height={BAR}
        fill={fills[step.amount < 0 && step.kind === 'gain' ? 'cost' : step.kind]}
      />
      {!isLast && <path d={`M${after} ${top + BAR}v${STEP - BAR}`} stroke="var(--axis)" />}
      <text x={width} y={top + 13} textAnchor="end" fontSize={12} fontWeight={weight} fill="var(--text)">
        {step.text}
      </text>
    </g>
  );
}
