/** Classes of a button that names a file, whose name may be longer than a phone is wide. */
export const longNamed =
  'h-auto! min-h-8 max-w-full shrink! py-1 text-left whitespace-normal! [overflow-wrap:anywhere]';
