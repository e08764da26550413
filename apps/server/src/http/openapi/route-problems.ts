import { errorPolicy, errorPolicies } from '@anyforge/core';
import { hubErrorStatuses } from '@anyforge/hub';
import { requestProblems } from '../problem-codes.js';
import type { Route } from '../route.js';

/** Every code of a problem that a request can be answered with, and its status. */
export const problemStatuses: ReadonlyMap<string, number> = new Map(
  [
    ...Object.keys(errorPolicies).map((kind) => [kind, errorPolicy(kind).status] as const),
    ...Object.entries(hubErrorStatuses),
    ...Object.entries(requestProblems),
  ].flatMap(([code, status]) => (status === null ? [] : [[code, status] as const])),
);

/** Whatever is asked. */
const always = [
  'malformed_request',
  'foreign_origin',
  'foreign_host',
  'unsupported_media_type',
  'invalid_input',
  'internal',
  'starting',
  'closed',
  'busy',
  'store_failed',
  'store_full',
  'wrong_encryption_key',
  // Also where nobody has to be: an API token that is none is refused wherever it is sent.
  'not_signed_in',
];

/** The codes that a route answers with, by status; statuses and codes in order. */
export function problemsOf(route: Route): ReadonlyMap<number, readonly string[]> {
  const codes = [
    ...always,
    ...(route.access === 'public' ? [] : ['not_allowed']),
    ...(route.params === undefined ? [] : ['not_found']),
    ...(route.body === undefined ? [] : ['too_large']),
    ...(route.problems ?? []),
  ];
  const byStatus = new Map<number, string[]>();
  for (const code of [...new Set(codes)].toSorted()) {
    const status = problemStatuses.get(code);
    if (status === undefined)
      throw new Error(`${route.operation} lists the problem ${code}, which there is not.`);
    byStatus.set(status, [...(byStatus.get(status) ?? []), code]);
  }
  return new Map([...byStatus].toSorted(([one], [other]) => one - other));
}
