import type { Artifact } from '../../src/contracts/registry/models.ts';
import { canonicalJson, sha256OfText } from './canonical-json.ts';
import { StoreError } from './store-error.ts';

/** A frozen list of files. */
export interface Tree {
  /** Sorted by path (UTF-16 code units, as RFC 8785 sorts names). */
  readonly artifacts: readonly Artifact[];
  /** Canonical JSON of the artifacts, each with `mode: "file"`. */
  readonly manifest: string;
  /** SHA-256 of the manifest. */
  readonly treeSha256: string;
}

/** Paths that differ only by case are one file on many disks. Upper case first, so that "ß" meets "SS". */
function folded(path: string): string {
  return path.toUpperCase().toLowerCase().normalize('NFC');
}

/** Every folder above a path: `a/b/c` has `a` and `a/b`. */
function foldersOf(path: string): string[] {
  const parts = path.split('/');
  return parts.slice(1).map((_, index) => parts.slice(0, index + 1).join('/'));
}

/** @throws {StoreError} `invalid`, with the index of the artifact that cannot lie beside another */
function assertPathsApart(artifacts: readonly Artifact[]): void {
  const files = new Map<string, string>();
  artifacts.forEach(({ path }, index) => {
    const other = files.get(folded(path));
    if (other !== undefined) {
      const why = other === path ? 'is there twice' : `differs from "${other}" only by case`;
      throw new StoreError('invalid', `"${path}" ${why}.`, `artifacts.${index}.path`);
    }
    files.set(folded(path), path);
  });
  artifacts.forEach(({ path }, index) => {
    const file = foldersOf(folded(path)).find((folder) => files.has(folder));
    if (file !== undefined) {
      throw new StoreError(
        'invalid',
        `"${path}" needs a folder where "${files.get(file)}" is a file.`,
        `artifacts.${index}.path`,
      );
    }
  });
}

/**
 * Freezes a list of files: the same files in any order have the same tree.
 *
 * @throws {StoreError} `invalid` two paths are equal, also when case is folded, or one is a folder of the other
 */
export function treeOf(list: readonly Artifact[]): Tree {
  assertPathsApart(list);
  const artifacts = list
    .map(({ path, size, sha256 }) => ({ path, size, sha256 }))
    .sort((a, b) => (a.path < b.path ? -1 : 1));
  const manifest = canonicalJson(artifacts.map((artifact) => ({ mode: 'file', ...artifact })));
  return { artifacts, manifest, treeSha256: sha256OfText(manifest) };
}
