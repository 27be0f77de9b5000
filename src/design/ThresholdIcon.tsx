/** The page "Thresholds": the curve and the cut, 16 px, in the colour of the text. */
export function ThresholdIcon({ size = 16 }: { readonly size?: number }) {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 16 16"
      fill="none"
      stroke="currentColor"
      strokeWidth={1.5}
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
    >
      <path d="M1.5 12.5c2.5 0 2.5-6 5-6s2.5 6 8 6M10 2.5v11" />
    </svg>
  );
}
