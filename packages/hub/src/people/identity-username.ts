import { randomBytes } from 'node:crypto';
import type { Queries } from '../store/store.js';
import type { Username } from './username.js';
import { readUsername, usernameIssues } from './username.js';

const longest = 50;
const fallback = 'person';
const mostNumbers = 10;

/**
 * A username for somebody whom an identity provider knows under these names, the first of them that can be one. It
 * says nothing of who they are: where it is taken, a number makes it another, and chance where those are taken too.
 */
export async function freeUsername(
  queries: Queries,
  names: readonly (string | undefined)[],
): Promise<Username> {
  const wanted = names.map(toUsername).find((candidate) => candidate !== undefined) ?? fallback;
  for (let number = 1; number <= mostNumbers; number += 1) {
    const candidate = readUsername(number === 1 ? wanted : `${wanted}-${String(number)}`);
    const taken = await queries
      .selectFrom('people')
      .select('id')
      .where('username_key', '=', candidate.key)
      .executeTakeFirst();
    if (taken === undefined) return candidate;
  }
  return readUsername(`${wanted}-${randomBytes(4).toString('hex')}`);
}

function toUsername(name: string | undefined): string | undefined {
  const { username } = readUsername(
    (name ?? '')
      .normalize('NFKC')
      .replaceAll(/[^\p{L}\p{M}\p{N}._@+-]/gu, '-')
      .replace(/^[^\p{L}\p{N}]+/u, '')
      .slice(0, longest),
  );
  return usernameIssues(readUsername(username)).length === 0 ? username : undefined;
}
