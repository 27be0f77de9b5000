/**
 * The first font of a family list as an @font-face rule that holds the file itself (Latin letters and figures, about
 * 65 kB), so that a saved SVG looks the same where the font is not installed. Empty when the page did not load such a
 * font or the file cannot be read: the SVG then names the font and its fallbacks.
 */
export async function embeddedFont(families: string): Promise<string> {
  const family = families
    .split(',')[0]!
    .trim()
    .replace(/^["']|["']$/g, '');
  const rule = latinFontFace(family);
  const source = rule?.style.getPropertyValue('src') ?? '';
  const path = /url\(["']?([^"')]+)["']?\)/.exec(source)?.[1];
  if (rule === null || path === undefined) return '';
  try {
    const base = rule.parentStyleSheet?.href ?? document.baseURI;
    const response = await fetch(new URL(path, base));
    if (!response.ok) return '';
    const bytes = new Uint8Array(await response.arrayBuffer());
    const weight = rule.style.getPropertyValue('font-weight') || 'normal';
    return `@font-face{font-family:"${family}";font-weight:${weight};src:url(data:font/woff2;base64,${base64(bytes)}) format("woff2")}`;
  } catch {
    return '';
  }
}

/** The rule whose range holds the letter A. */
function latinFontFace(family: string): CSSFontFaceRule | null {
  for (const sheet of document.styleSheets) {
    for (const rule of sheet.cssRules) {
      if (!(rule instanceof CSSFontFaceRule)) continue;
      const name = rule.style.getPropertyValue('font-family').replace(/^["']|["']$/g, '');
      const range = rule.style.getPropertyValue('unicode-range');
      if (name === family && (range === '' || /U\+0{0,4}(?:-|0?-)FF\b/i.test(range))) return rule;
    }
  }
  return null;
}

/** Base64 in pieces: a call with 50,000 arguments may overflow the stack. */
function base64(bytes: Uint8Array): string {
  const piece = 8192;
  let binary = '';
  for (let start = 0; start < bytes.length; start += piece) {
    binary += String.fromCharCode(...bytes.subarray(start, start + piece));
  }
  return btoa(binary);
}
