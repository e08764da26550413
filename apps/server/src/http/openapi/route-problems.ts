import { problemStatuses } from '../problem-codes.js';
import type { Route } from '../route.js';
import { comesBitByBit } from '../route.js';

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
  // The same: a request that names somebody else is refused wherever somebody is known.
  'other_person',
];

const personal = ['not_allowed'];
const withParameters = ['not_found'];
const withBody = ['too_large'];
const streaming = ['too_many_streams'];

type Asked = Pick<Route, 'operation' | 'access' | 'params' | 'body' | 'problems' | 'answers'>;

/** The codes that a route answers with, by status; statuses and codes in order. */
export function problemsOf(route: Asked): ReadonlyMap<number, readonly string[]> {
  return byStatus(route.operation, [
    ...always,
    ...(route.access === 'public' ? [] : personal),
    ...(route.params === undefined ? [] : withParameters),
    ...(route.body === undefined ? [] : withBody),
    ...(route.access !== 'public' && comesBitByBit(route) ? streaming : []),
    ...(route.problems ?? []),
  ]);
}

export interface SharedProblems {
  readonly name: string;
  readonly status: number;
  readonly codes: readonly string[];
}

/** Those that most routes share. */
export const sharedProblems: readonly SharedProblems[] = [
  ...[...byStatus('', [...always, ...withParameters, ...withBody])].map(([status, codes]) => ({
    name: `Refusal${status}`,
    status,
    codes,
  })),
  { name: 'PersonalRefusal403', status: 403, codes: byStatus('', [...always, ...personal]).get(403) ?? [] },
];

function byStatus(operation: string, codes: readonly string[]): ReadonlyMap<number, readonly string[]> {
  const found = new Map<number, string[]>();
  for (const code of [...new Set(codes)].toSorted()) {
    const status = problemStatuses.get(code);
    if (status === undefined) throw new Error(`${operation} lists the problem ${code}, which there is not.`);
    found.set(status, [...(found.get(status) ?? []), code]);
  }
  return new Map([...found].toSorted(([one], [other]) => one - other));
}
