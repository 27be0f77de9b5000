import { classNames } from './class-names.ts';

/** The shape of something that is on its way; give it the size of what will come (h-…, w-…). */
export function Skeleton({ className }: { readonly className?: string }) {
  return <div aria-hidden className={classNames('animate-pulse rounded-cell bg-line', className)} />;
}
