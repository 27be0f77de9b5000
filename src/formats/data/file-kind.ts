/** Naming files by their first bytes, so that a refusal can say what the file is. */

interface Magic {
  readonly kind: string;
  readonly bytes: readonly number[];
  readonly offset?: number;
}

const ascii = (text: string) => Array.from(text, (character) => character.charCodeAt(0));

const MAGICS: readonly Magic[] = [
  { kind: 'a Parquet file', bytes: ascii('PAR1') },
  { kind: 'an Arrow file', bytes: ascii('ARROW1') },
  { kind: 'a Feather file', bytes: ascii('FEA1') },
  { kind: 'an Avro file', bytes: [...ascii('Obj'), 1] },
  { kind: 'an ORC file', bytes: ascii('ORC') },
  { kind: 'an Excel workbook or another ZIP archive', bytes: [0x50, 0x4b, 3, 4] },
  { kind: 'an empty ZIP archive', bytes: [0x50, 0x4b, 5, 6] },
  { kind: 'an old Excel or Office file', bytes: [0xd0, 0xcf, 0x11, 0xe0] },
  { kind: 'a PDF', bytes: ascii('%PDF') },
  { kind: 'a PNG picture', bytes: [0x89, 0x50, 0x4e, 0x47] },
  { kind: 'a JPEG picture', bytes: [0xff, 0xd8, 0xff] },
  { kind: 'a GIF picture', bytes: ascii('GIF8') },
  { kind: 'a WebP or RIFF file', bytes: ascii('RIFF') },
  { kind: 'a gzip archive inside a gzip archive', bytes: [0x1f, 0x8b] },
  { kind: 'a Zstandard archive', bytes: [0x28, 0xb5, 0x2f, 0xfd] },
  { kind: 'a bzip2 archive', bytes: ascii('BZh') },
  { kind: 'an xz archive', bytes: [0xfd, 0x37, 0x7a, 0x58, 0x5a] },
  { kind: 'a 7z archive', bytes: [0x37, 0x7a, 0xbc, 0xaf] },
  { kind: 'a SQLite database', bytes: ascii('SQLite format 3') },
  { kind: 'an HDF5 file', bytes: [0x89, 0x48, 0x44, 0x46] },
  { kind: 'a NumPy array', bytes: [0x93, ...ascii('NUMPY')] },
  { kind: 'a Python pickle', bytes: [0x80, 0x04, 0x95] },
  { kind: 'a Python pickle', bytes: [0x80, 0x03] },
  { kind: 'a Stata file', bytes: ascii('<stata_dta>') },
  { kind: 'an SPSS file', bytes: ascii('$FL2') },
  { kind: 'an R data file', bytes: ascii('RDX') },
  { kind: 'a tar archive', bytes: ascii('ustar'), offset: 257 },
  { kind: 'a LightGBM model', bytes: ascii('tree\nversion=') },
  { kind: 'a LightGBM model', bytes: ascii('tree\r\nversion=') },
];

/** What the file is by its magic bytes (`a Parquet file`), or null when they are not known. */
export function fileKind(head: Uint8Array): string | null {
  for (const { kind, bytes, offset = 0 } of MAGICS) {
    if (bytes.every((byte, i) => head[offset + i] === byte)) return kind;
  }
  // ONNX: protobuf field 1 (ir_version, varint below 32), then field 2 (producer_name), 3, 5, 7 or 8.
  const fields = [0x12, 0x1a, 0x28, 0x3a, 0x42];
  return head[0] === 0x08 && (head[1] ?? 99) < 32 && fields.includes(head[2] ?? 0) ? 'an ONNX model' : null;
}

/** True when the bytes begin with that ASCII text. */
export function beginsWith(head: Uint8Array, text: string): boolean {
  return ascii(text).every((byte, i) => head[i] === byte);
}

/** True for the magic bytes of a gzip member (RFC 1952, section 2.3.1). */
export function isGzip(head: Uint8Array): boolean {
  return head[0] === 0x1f && head[1] === 0x8b;
}

/** True for the start of an Arrow IPC stream: the continuation mark, then the length of the schema's message (Arrow 0.15 and later). */
export function isArrowStream(head: Uint8Array): boolean {
  const isMarked = head[0] === 0xff && head[1] === 0xff && head[2] === 0xff && head[3] === 0xff;
  return isMarked && head.length >= 8 && head[7] === 0 && head[4]! + head[5]! + head[6]! > 0;
}

/** True when the text begins with a JSON object: `{"` or `{}`, with blanks and a byte order mark allowed. */
export function looksLikeJson(head: Uint8Array): boolean {
  let at = head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf ? 3 : 0;
  const skip = () => {
    while (at < head.length && (head[at] === 0x20 || (head[at]! >= 9 && head[at]! <= 13))) at++;
  };
  skip();
  if (head[at++] !== 0x7b) return false;
  skip();
  return head[at] === 0x22 || head[at] === 0x7d;
}
