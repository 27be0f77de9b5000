import { classNames } from '../../design/class-names.ts';
import type { IntervalPicture } from './interval-scale.ts';

/** Width of the picture in px; the places are shares of it. */
const WIDTH = 56;
const HEIGHT = 16;
/** Room at both ends for a cap and half a dot. */
const INSET = 4;

/** A net value with its interval, on the scale of the table; a hollow dot is the out-of-bag value. */
export function IntervalCell({ picture }: { readonly picture: IntervalPicture | null }) {
  return (
    <td
      aria-hidden="true"
      className={classNames(
        'h-[27px] border-b border-line py-0 max-wide:hidden @max-[640px]:hidden',
        picture?.kind === 'below' && 'text-caption whitespace-nowrap text-text-3',
      )}
    >
      {picture?.kind === 'below' && picture.text}
      {picture?.kind === 'drawn' && <Drawn picture={picture} />}
    </td>
  );
}

function Drawn({ picture }: { readonly picture: Extract<IntervalPicture, { readonly kind: 'drawn' }> }) {
  const x = (share: number) => INSET + share * (WIDTH - 2 * INSET);
  const middle = HEIGHT / 2;
  const [from, to] = [x(picture.from), x(picture.to)];
  return (
    <svg width={WIDTH} height={HEIGHT} aria-hidden="true" className="block overflow-visible">
      <path d={`M${x(picture.best)} -5v${HEIGHT + 10}`} className="stroke-accent opacity-40" fill="none" />
      <path
        d={`M${from} ${middle}H${to}M${from} ${middle - 3}v6M${to} ${middle - 3}v6`}
        className="stroke-text-2"
        strokeWidth={1.5}
        fill="none"
      />
      <circle cx={x(picture.dot)} cy={middle} r={3.5} className="fill-text" />
      {!Number.isNaN(picture.expected) && (
        <circle
          cx={x(picture.expected)}
          cy={middle}
          r={3}
          className="fill-surface stroke-text"
          strokeWidth={1.5}
        />
      )}
    </svg>
  );
}
