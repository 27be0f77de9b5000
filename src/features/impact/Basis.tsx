import { Link } from 'react-aria-components';

export interface BasisProps {
  /** Under which assumption of the threshold outcomes were measured; null for what is predicted. */
  readonly basis: string | null;
  readonly assumptions: string;
  readonly onChange: () => void;
}

/** What the numbers rest on, in one quiet line, and the way to change it. */
export function Basis({ basis, assumptions, onChange }: BasisProps) {
  return (
    <p className="mb-3 max-w-[120ch] text-caption text-text-2 [overflow-wrap:anywhere]">
      {basis !== null && `${basis} `}
      {assumptions}{' '}
      <Link
        onPress={onChange}
        className="cursor-pointer rounded-badge font-medium text-accent-ink whitespace-nowrap underline underline-offset-2"
      >
        Change on Thresholds
      </Link>
    </p>
  );
}
