import type { FastifyRequest } from 'fastify';
import { invisible } from '../../src/contracts/registry/primitives.ts';
import { PROFILE_HEADER } from '../../src/contracts/registry/routes.ts';
import { Refusal } from '../json-errors.ts';
import type { Change } from '../store/registry-store.ts';

const defaultProfile = 'local';
const maxProfileLength = 100;

function refuse(message: string): Refusal {
  return new Refusal({ status: 400, code: 'invalid', message, place: PROFILE_HEADER });
}

/**
 * Name of the profile that acts: the header, percent-decoded, in Unicode NFC; "local" when absent or empty.
 * @throws {Refusal} 400 not percent-encoded UTF-8, longer than 100 characters, or with control or invisible characters
 */
function profileOf(header: string | string[] | undefined): string {
  if (header === undefined || header === '') return defaultProfile;
  let name: string;
  try {
    name = decodeURIComponent(String(header)).normalize('NFC').trim();
  } catch {
    throw refuse(`${PROFILE_HEADER} is not percent-encoded UTF-8. Send encodeURIComponent(name).`);
  }
  if (name.length > maxProfileLength) {
    throw refuse(`${PROFILE_HEADER} is longer than ${maxProfileLength} characters. Use a shorter name.`);
  }
  if (/\p{Cc}/u.test(name)) throw refuse(`${PROFILE_HEADER} has a control character. Leave it out.`);
  if (invisible.test(name)) throw refuse(`${PROFILE_HEADER} has an invisible character. Leave it out.`);
  return name === '' ? defaultProfile : name;
}

/** Who changes something with this request, for the audit log. A profile is a name: nobody's identity is verified. */
export function changeOf(request: FastifyRequest): Change {
  return {
    actor: profileOf(request.headers[PROFILE_HEADER]),
    identityVerified: false,
    requestId: request.id,
  };
}
