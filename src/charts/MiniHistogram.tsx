export interface MiniHistogramProps {
  /** Counts per bin, or per top value. */
  readonly counts: readonly number[];
  readonly width?: number;
  readonly height?: number;
  /** What it shows, for screen readers: "Distribution of Amount". */
  readonly label: string;
}

/** A column's distribution at the size of a table cell: bars of equal width, linear from zero. */
export function MiniHistogram({ counts, width = 72, height = 18, label }: MiniHistogramProps) {
  const most = Math.max(...counts, 1);
  const step = width / Math.max(counts.length, 1);
  const between = step > 3 ? 1 : 0;
  const bars = counts
    .map((count, i) => {
      if (count <= 0) return '';
      // A bin with rows is never invisible: one px at least.
      const tall = Math.max((count / most) * height, 1).toFixed(1);
      return `M${(i * step).toFixed(1)} ${height}v-${tall}h${(step - between).toFixed(1)}v${tall}z`;
    })
    .join('');
  return (
    <svg width={width} height={height} role="img" aria-label={label} className="block">
      <path d={bars} fill="var(--ref)" />
      <path d={`M0 ${height}H${width}`} stroke="var(--axis)" strokeWidth={1} />
    </svg>
  );
}
