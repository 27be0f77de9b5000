/**
 * `attachment` with a file name (RFC 6266): an ASCII form for old clients, and the exact one in UTF-8 (RFC 8187).
 *
 * @param name of a file, without folders; a stored path is well-formed Unicode
 */
export function attachment(name: string): string {
  const ascii = name.replace(/[^\x20-\x7e]/g, '_').replace(/["\\%]/g, '_');
  const exact = encodeURIComponent(name).replace(
    /['()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `attachment; filename="${ascii}"; filename*=UTF-8''${exact}`;
}
