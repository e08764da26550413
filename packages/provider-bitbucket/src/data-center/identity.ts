import type { CallOptions, Credential, GitCredential, Identity } from '@anyforge/core';
import { ProviderError } from '@anyforge/core';
import { parseAnswer } from '@anyforge/provider-kit';
import type { BitbucketDataCenterApi } from './api.js';
import { pathOf, provider } from './api.js';
import { addressRepair } from './errors.js';
import type { BitbucketDataCenterHost } from './host.js';
import { slugOf, toAccount } from './map.js';
import { missingScopes, scopesOf } from './scopes.js';
import type { SignedIn } from './signed-in.js';
import { signedInAs } from './signed-in.js';
import type { UserWire } from './wire.js';
import { propertiesWire, userWire, usersWire } from './wire.js';

/**
 * Who the credential belongs to: any answer's headers name the user, whose page tells the rest. The token of a project or
 * repository belongs to a user of its own that may have no page: whom Bitbucket knows nowhere as a person is a token.
 */
export async function readIdentity(
  host: BitbucketDataCenterHost,
  api: BitbucketDataCenterApi,
  credential: Credential,
  call: CallOptions,
): Promise<Identity> {
  const { headers } = await api.get('its version', '/application-properties', propertiesWire, call);
  const user = signedInAs(headers);
  if (user === undefined) throw untold(host);
  const scopes = scopesOf(credential);
  const grant = {
    scopes,
    missingScopes: scopes && missingScopes(scopes),
    expiresAt: credential.kind === 'oauth' ? credential.expiresAt : undefined,
  };
  const page = (await askPage(api, user, call)) ?? (await searchUser(api, user, call));
  if (page !== undefined)
    return { account: toAccount(host, page), email: page.emailAddress ?? undefined, ...grant };
  if (user.id === undefined) throw untold(host);
  return { account: { id: user.id, username: user.username, kind: 'token' }, ...grant };
}

/**
 * A personal token may stand in for its owner's password, if the owner's name is known; every token is good as a bearer
 * token, and those of projects and repositories as nothing else.
 *
 * @see https://confluence.atlassian.com/bitbucketserver/http-access-tokens-939515499.html
 */
export function toGitCredential(credential: Credential): GitCredential {
  if (credential.kind === 'oauth')
    return { kind: 'bearer', token: credential.accessToken, expiresAt: credential.expiresAt };
  const { token, username } = credential;
  if (username === undefined || username === '') return { kind: 'bearer', token };
  return { kind: 'basic', username, password: token };
}

async function askPage(
  api: BitbucketDataCenterApi,
  user: SignedIn,
  call: CallOptions,
): Promise<UserWire | undefined> {
  const path = `/users${pathOf(slugOf({ name: user.username }))}`;
  const page = await unlessHidden(api.get('the signed-in user', path, userWire, call));
  return page && isSame(user, page.data) ? page.data : undefined;
}

/** Among all people, who may stand in addresses in other ways than expected. Users of tokens are not among them. */
async function searchUser(
  api: BitbucketDataCenterApi,
  user: SignedIn,
  call: CallOptions,
): Promise<UserWire | undefined> {
  const page = await unlessHidden(api.page('the users', '/users', { filter: user.username }, 0, call));
  const wires = parseAnswer(provider, 'the users', usersWire, page?.values.map(({ wire }) => wire) ?? []);
  return wires.find((wire) => isSame(user, wire));
}

/** Where there is no id, the name may be as it stands in addresses. */
function isSame({ username, id }: SignedIn, { id: found, name, slug }: UserWire): boolean {
  return id === undefined ? name === username || slug === username : String(found) === id;
}

/** Undefined where there is nothing, or nothing for this credential to see. */
async function unlessHidden<T>(answer: Promise<T>): Promise<T | undefined> {
  try {
    return await answer;
  } catch (error) {
    if (ProviderError.is(error) && ['not_found', 'forbidden'].includes(error.kind)) return undefined;
    throw error;
  }
}

function untold(host: BitbucketDataCenterHost): ProviderError {
  return new ProviderError('invalid_response', 'Bitbucket does not tell who the credential belongs to.', {
    provider,
    repair: addressRepair(host.webUrl),
  });
}
