import type { Route } from '../route.js';
import { problemsOf, sharedProblems } from './route-problems.js';
import { requestIdHeader } from './shared-headers.js';

export const problemReference = { $ref: '#/components/schemas/Problem' };

/** The problems that a route answers with, by status; those that most routes share stand in one place. */
export function refusalsOf(route: Route): Readonly<Record<string, object>> {
  return Object.fromEntries(
    [...problemsOf(route)].map(([status, codes]) => {
      const shared = sharedProblems.find(
        (candidate) => candidate.status === status && candidate.codes.join() === codes.join(),
      );
      const answer =
        shared === undefined ? refusal(codes) : { $ref: `#/components/responses/${shared.name}` };
      return [String(status), answer];
    }),
  );
}

export function sharedRefusals(): Readonly<Record<string, object>> {
  return Object.fromEntries(sharedProblems.map(({ name, codes }) => [name, refusal(codes)]));
}

function refusal(codes: readonly string[]): object {
  const schema = { allOf: [problemReference, { properties: { code: { enum: codes } } }] };
  return {
    description: codes.map((code) => `\`${code}\``).join(', '),
    headers: requestIdHeader,
    content: { 'application/problem+json': { schema } },
  };
}
