import { errorPolicies, errorPolicy } from '@anyforge/core';
import { hubErrorStatuses } from '@anyforge/hub';

/** What is wrong with a request before the hub hears of it, and the status that tells so. */
export const requestProblems = {
  malformed_request: 400,
  foreign_origin: 403,
  not_found: 404,
  method_not_allowed: 405,
  request_timeout: 408,
  other_person: 409,
  too_large: 413,
  unsupported_media_type: 415,
  foreign_host: 421,
  invalid_input: 422,
  precondition_required: 428,
  too_many_streams: 429,
  headers_too_large: 431,
  internal: 500,
  starting: 503,
} as const satisfies Readonly<Record<string, number>>;

export type RequestProblemCode = keyof typeof requestProblems;

/** What any route that asks a forge can come to: the forge's refusals, by the kinds of `ProviderError`. */
export const forgeProblems: readonly string[] = Object.keys(errorPolicies);

/** Every code of a problem that a request can be answered with, and its status. */
export const problemStatuses: ReadonlyMap<string, number> = new Map(
  [
    ...Object.keys(errorPolicies).map((kind) => [kind, errorPolicy(kind).status] as const),
    ...Object.entries(hubErrorStatuses),
    ...Object.entries(requestProblems),
  ].flatMap(([code, status]) => (status === null ? [] : [[code, status] as const])),
);

/** In how many seconds to ask again, where that is all there is to do. */
export const retryAfterSeconds: Readonly<Partial<Record<string, number>>> = {
  starting: 1,
  closed: 5,
};
