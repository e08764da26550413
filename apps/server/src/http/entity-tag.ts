import type { Request } from 'express';
import { RequestProblem } from './problems.js';

/** The header with which an answer tells its version. */
export function entityTag(version: number): { readonly ETag: string } {
  return { ETag: `"${String(version)}"` };
}

/** What is said of `If-Match` where it has to be sent. */
export const ifMatchRequired = 'The `ETag` of what was seen, or `*` for whatever stands';

/** What is said of `If-Match` where it may be sent. */
export const ifMatchOptional = 'The `ETag` of what was seen. Absent: whatever stands';

/**
 * The version that whoever asks has seen; undefined: whichever stands.
 *
 * @throws RequestProblem `malformed_request` for anything but the entity tag of one version.
 */
export function readIfMatch(request: Request): number | undefined {
  const header = request.get('if-match')?.trim();
  if (header === undefined || header === '*') return undefined;
  const version = /^"(\d{1,15})"$/.exec(header)?.[1];
  if (version !== undefined) return Number(version);
  throw new RequestProblem({
    code: 'malformed_request',
    detail: 'The header If-Match has to be the ETag of what you have seen, or *.',
  });
}

/** The same where it has to be said, so that nobody undoes what they have not seen. @throws RequestProblem */
export function requireIfMatch(request: Request): number | undefined {
  if (request.get('if-match') !== undefined) return readIfMatch(request);
  throw new RequestProblem({
    code: 'precondition_required',
    detail:
      'Say which version you have seen: send its ETag in the header If-Match, or * to change whatever stands.',
  });
}
