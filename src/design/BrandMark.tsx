/** The mark: a score's cumulative curve and the line through it. */
export function BrandMark({ size = 20 }: { readonly size?: number }) {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 20 20"
      fill="none"
      strokeWidth={1.75}
      strokeLinecap="round"
      aria-hidden="true"
    >
      <path d="M1.5 15.5c3.5 0 3.5-9 6.5-9s3 9 10.5 9" className="stroke-text" />
      <path d="M12 2.5v15" strokeWidth={2.25} className="stroke-accent" />
    </svg>
  );
}
