/** A name for a registered model from a file's: without extension, with spaces for what a name may not have. */
export function proposedModelName(fileName: string): string {
  const stem = fileName.replace(/\.[a-z0-9]{1,6}$/i, '');
  const name = stem.replaceAll(/[/\\:\p{Cc}\p{Cs}\p{Bidi_Control}\u200b\u2060\ufeff]+/gu, ' ').trim();
  return /^\.{0,2}$/.test(name) ? 'model' : name;
}
