import type { CallOptions, CredentialSource } from '@anyforge/core';
import { askCredential, secretOf } from '@anyforge/provider-kit';
import { provider } from './api.js';
import { unlessRefused } from './granted-scopes.js';
import type { ListingContext } from './listing.js';
import { listRows } from './listing.js';
import { segment } from './references.js';
import { readUser } from './user.js';
import { listsTokens, readRelease } from './version.js';
import type { TokenWire, UserWire } from './wire.js';
import { tokenPage, versionWire } from './wire.js';

/**
 * Tells the scopes of the token that a session has, where the forge lists them; undefined everywhere else, and for what
 * is no personal token.
 *
 * @param user the account, where it is known
 */
export type OwnToken = (
  context: ListingContext,
  call: CallOptions,
  user?: UserWire,
) => Promise<readonly string[] | undefined>;

/**
 * Forgejo, from version 10 on, lists the tokens of an account to each of them, with the end of each. Gitea does so for a
 * password alone, and takes a token there for a bad one: so which of the two it is comes first, once in a session. Where
 * a proxy keeps back either of the answers, nothing is told.
 *
 * @see https://codeberg.org/api/swagger `userGetTokens`
 */
export function createOwnToken(source: CredentialSource): OwnToken {
  let isListed: boolean | undefined;
  return async (context, call, known) => {
    const credential = await askCredential(provider, source, call);
    if (credential.kind !== 'token' || isListed === false) return undefined;
    // First, since it tells whether the token is any good: what follows may be refused to one that is.
    const { login } = known ?? (await readUser(context.get, call));
    isListed ??= await asksForgejo(context, call);
    if (isListed !== true) return undefined;
    return unlessRefused(findScopes(context, login, secretOf(credential), call));
  };
}

/** Undefined where it is not told, which may be for the moment. */
async function asksForgejo({ get }: ListingContext, call: CallOptions): Promise<boolean | undefined> {
  const answer = await unlessRefused(
    get({ what: 'the version', path: '/version', schema: versionWire }, call),
  );
  if (answer === undefined) return undefined;
  const release = readRelease(answer.data.version);
  return release !== undefined && listsTokens(release);
}

/** Those of the one token that ends like this; of several that do, nobody knows which it is. */
async function findScopes(
  context: ListingContext,
  login: string,
  secret: string,
  call: CallOptions,
): Promise<readonly string[] | undefined> {
  const found: TokenWire[] = [];
  const pages = listRows(
    context,
    {
      what: 'the tokens of the account',
      path: `/users/${segment(login)}/tokens`,
      schema: tokenPage,
      idOf: ({ id }) => String(id),
    },
    call,
  );
  for await (const { rows } of pages)
    found.push(...rows.filter(({ token_last_eight: end }) => end !== '' && secret.endsWith(end)));
  const [token, ...others] = found;
  return others.length === 0 ? (token?.scopes ?? undefined) : undefined;
}
