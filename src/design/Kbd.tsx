import { classNames } from './class-names.ts';

/** Keys as they stand on a keyboard, pressed together or one after the other: "Ctrl K". */
export function Kbd({ keys, className }: { readonly keys: readonly string[]; readonly className?: string }) {
  return (
    <span className={classNames('inline-flex shrink-0 gap-1', className)}>
      {keys.map((key, index) => (
        <kbd
          // biome-ignore lint/suspicious/noArrayIndexKey: a key may be pressed twice, and their order never changes
          key={`${index} ${key}`}
          className="min-w-5 rounded-badge border border-line-2 bg-raise px-1 text-center font-sans text-picture leading-[18px] font-medium text-text-2"
        >
          {key}
        </kbd>
      ))}
    </span>
  );
}
