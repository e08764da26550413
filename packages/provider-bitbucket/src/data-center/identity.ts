import type { CallOptions, Credential, GitCredential, Identity } from '@anyforge/core';
import { ProviderError } from '@anyforge/core';
import type { BitbucketDataCenterApi } from './api.js';
import { pathOf, provider } from './api.js';
import type { BitbucketDataCenterHost } from './host.js';
import { slugOf, toAccount } from './map.js';
import { addressRepair } from './errors.js';
import type { SignedIn } from './signed-in.js';
import { signedInAs } from './signed-in.js';
import type { UserWire } from './wire.js';
import { propertiesWire, userWire } from './wire.js';

/**
 * Who the credential belongs to: any answer's headers name the user, whose page tells the rest. The token of a project or
 * repository belongs to a user of its own that may have no page.
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
  const expiresAt = credential.kind === 'oauth' ? credential.expiresAt : undefined;
  const page = await findUser(api, user, call);
  if (page !== undefined)
    return { account: toAccount(host, page), email: page.emailAddress ?? undefined, expiresAt };
  if (user.id === undefined) throw untold(host);
  return { account: { id: user.id, username: user.username, kind: 'token' }, expiresAt };
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

export function secretOf(credential: Credential): string {
  return credential.kind === 'token' ? credential.token : credential.accessToken;
}

async function findUser(
  api: BitbucketDataCenterApi,
  { username, id }: SignedIn,
  call: CallOptions,
): Promise<UserWire | undefined> {
  const path = `/users${pathOf(slugOf({ name: username }))}`;
  try {
    const { data } = await api.get('the signed-in user', path, userWire, call);
    const isSame = id === undefined ? data.name === username : String(data.id) === id;
    return isSame ? data : undefined;
  } catch (error) {
    if (ProviderError.is(error) && error.kind === 'not_found') return undefined;
    throw error;
  }
}

function untold(host: BitbucketDataCenterHost): ProviderError {
  return new ProviderError('invalid_response', 'Bitbucket does not tell who the credential belongs to.', {
    provider,
    repair: addressRepair(host.webUrl),
  });
}
