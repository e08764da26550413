import { HubError } from '../errors.js';
import type { ApiTokenScope, Role } from '../store/rows/people.js';

/** Whoever asks: a person, and through what. */
export interface Caller {
  readonly personId: string;
  readonly username: string;
  readonly role: Role;
  readonly via:
    | { readonly kind: 'session'; readonly sessionId: string }
    | { readonly kind: 'api_token'; readonly tokenId: string; readonly scopes: readonly ApiTokenScope[] };
}

/**
 * What it takes to be let in.
 *
 * - `public`: nothing
 * - `read`, `manage`: a browser session, or an API token of that scope (`manage` includes `read`): one's own affairs
 * - `administrate`: the same as `manage`, and the role administrator
 * - `session`: a browser session, and no API token: passwords, tokens, confirmations
 * - `git`: an API token of scope `git`, and never a browser session
 */
export type Access = 'public' | 'read' | 'manage' | 'administrate' | 'session' | 'git';

/** Every way in but `public`. */
export type PersonalAccess = Exclude<Access, 'public'>;

const scopes: Readonly<Record<PersonalAccess, readonly ApiTokenScope[]>> = {
  read: ['read', 'manage'],
  manage: ['manage'],
  administrate: ['manage'],
  session: [],
  git: ['git'],
};

/** @throws HubError `not_allowed` with what is missing. */
export function authorize(caller: Caller, access: PersonalAccess): void {
  if (access === 'administrate' && caller.role !== 'administrator') {
    throw new HubError('not_allowed', 'Only administrators may do this. Ask one of them.');
  }
  if (caller.via.kind === 'session') {
    if (access !== 'git') return;
    throw new HubError(
      'not_allowed',
      'Only an API token with the scope "git" may do this, never a browser session.',
    );
  }
  const [wanted] = scopes[access];
  if (wanted === undefined) {
    throw new HubError('not_allowed', 'An API token may not do this. Sign in with a browser.');
  }
  if (caller.via.scopes.some((scope) => scopes[access].includes(scope))) return;
  throw new HubError('not_allowed', `This API token lacks the scope "${wanted}".`);
}
