/** SHA-256 of a text's UTF-8, as 64 lower-case hex digits. Source: FIPS 180-4, by the platform. */
export async function sha256Hex(text: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
