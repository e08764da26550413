import type { Person } from '../world/model.js';
import type { ReadableWorld } from '../world/readable-world.js';
import type { OAuthClient } from './clients.js';
import { chosenScopesOnly } from './pages.js';
import type { ClientKind } from './rules.js';

/** What somebody decided on a consent page. */
export type Decision =
  | { readonly kind: 'denied' }
  | { readonly kind: 'incomplete'; readonly complaint: string }
  | { readonly kind: 'allowed'; readonly person: Person; readonly scopes: readonly string[] };

/** Reads the form of a consent page on which `asked` was offered. */
export function readDecision(
  form: URLSearchParams,
  world: ReadableWorld,
  asked: readonly string[],
): Decision {
  if (form.get('decision') !== 'authorize') return { kind: 'denied' };
  const person = world.person(form.get('person') ?? '');
  if (person === undefined || person.suspended)
    return { kind: 'incomplete', complaint: 'Choose who is signed in.' };
  const ticked = form.getAll('scope');
  const scopes = form.has(chosenScopesOnly) ? asked.filter((scope) => ticked.includes(scope)) : asked;
  return { kind: 'allowed', person, scopes };
}

/** The scopes that a request for these comes to. @returns nothing when it asks for one that is not registered */
export function scopesAskedFor(
  client: OAuthClient,
  { scopes: rule }: ClientKind,
  asked: readonly string[],
): readonly string[] | undefined {
  const registered = client.scopes;
  if (rule === 'none') return [];
  if (rule === 'registered') return registered ?? [];
  if (registered !== undefined && asked.some((scope) => !registered.includes(scope))) return undefined;
  return [...new Set(asked)];
}
