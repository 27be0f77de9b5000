import type { ModelVersion, RegisteredModel } from '../../src/contracts/registry/models.ts';
import { canonicalJson, sha256OfText } from '../store/canonical-json.ts';

/** ETag of a model or a version: the first 128 bits of the digest of its answer. */
export function labelledEtag(answer: RegisteredModel | ModelVersion): string {
  return `"${sha256OfText(canonicalJson(answer)).slice(0, 32)}"`;
}
