import type { Logger } from '@anyforge/core';
import type { Configuration } from 'openid-client';
import {
  AuthorizationResponseError,
  authorizationCodeGrant,
  buildAuthorizationUrl,
  calculatePKCECodeChallenge,
  ClientError,
  fetchUserInfo,
  randomNonce,
  randomPKCECodeVerifier,
  randomState,
  ResponseBodyError,
} from 'openid-client';
import { HubError } from '../errors.js';
import type { Resources } from '../resources.js';
import type { Attempt, AttemptLimits } from './attempt-limits.js';
import { networkOf } from './attempt-limits.js';
import type { SignedInPerson } from './authentication.js';
import type { IdentityPeople, ProvenIdentity } from './identity-people.js';
import type { IdentityProvider } from './identity-provider.js';
import type { PreSessions } from './pre-sessions.js';
import type { Browser } from './sessions.js';
import { refuseUntilSetUp } from './set-up.js';

/** A sign-in that has begun: the browser goes to the address and keeps the pre-session until it comes back. */
export interface StartedSingleSignOn {
  readonly url: string;
  /** Sealed. It is worth nothing to anybody but this browser, and after ten minutes to nobody. */
  readonly preSession: string;
  readonly lifetimeMs: number;
}

/** Signing in to the server with an account that people have elsewhere. */
export interface OpenIdConnectService {
  /** What the button says. */
  readonly displayName: string;
  /**
   * @throws HubError `single_sign_on_unavailable` · `too_many_attempts` · `not_allowed` while there is no administrator.
   */
  start(browser: Browser): Promise<StartedSingleSignOn>;
  /**
   * Signs in whoever comes back, and makes them a member when they come for the first time, where that is allowed.
   *
   * @param search the query that the browser came back with
   * @throws HubError `single_sign_on_expired` · `single_sign_on_failed` · `single_sign_on_unavailable` · `not_allowed` ·
   * `too_many_attempts`.
   */
  finish(search: string, browser: Browser): Promise<SignedInPerson>;
}

export interface OpenIdConnectParts {
  readonly resources: Resources;
  readonly publicUrl: string;
  readonly displayName: string;
  readonly scopes: string;
  readonly provider: IdentityProvider;
  readonly preSessions: PreSessions;
  readonly people: IdentityPeople;
  readonly limits: AttemptLimits;
}

export class OpenIdConnect implements OpenIdConnectService {
  readonly #parts: OpenIdConnectParts;
  readonly #redirectUri: string;
  readonly displayName: string;

  constructor(parts: OpenIdConnectParts) {
    this.#parts = parts;
    this.#redirectUri = `${parts.publicUrl}/sign-in/callback`;
    this.displayName = parts.displayName;
  }

  async start(browser: Browser): Promise<StartedSingleSignOn> {
    const { resources, limits, provider, preSessions, scopes } = this.#parts;
    await refuseUntilSetUp(resources.store.database);
    await limits.count(attemptsOf(browser));
    const configuration = await this.#discover();
    const secrets = { state: randomState(), nonce: randomNonce(), codeVerifier: randomPKCECodeVerifier() };
    const url = buildAuthorizationUrl(configuration, {
      redirect_uri: this.#redirectUri,
      scope: scopes,
      state: secrets.state,
      nonce: secrets.nonce,
      code_challenge: await calculatePKCECodeChallenge(secrets.codeVerifier),
      code_challenge_method: 'S256',
    });
    provider.checkAddress(url);
    return { url: url.href, ...preSessions.seal(secrets) };
  }

  async finish(search: string, browser: Browser): Promise<SignedInPerson> {
    const { preSessions, people, resources, limits } = this.#parts;
    await limits.count(attemptsOf(browser));
    const { state, nonce, codeVerifier } = preSessions.open(browser.preSession);
    const configuration = await this.#discover();
    // Of the address only the query is what came: where this server is, no request tells.
    const cameBack = new URL(this.#redirectUri);
    cameBack.search = search;
    const checks = { expectedState: state, expectedNonce: nonce, pkceCodeVerifier: codeVerifier };
    const identity = await exchange(configuration, cameBack, checks, (known) => people.knows(known)).catch(
      (error: unknown) => {
        throw explain(error, resources.logger);
      },
    );
    const signedIn = await people.signIn(identity, browser);
    // What it began with, and what it ended with.
    for (const attempt of [...attemptsOf(browser), ...attemptsOf(browser)]) await limits.takeBack(attempt);
    return signedIn;
  }

  #discover(): Promise<Configuration> {
    const { provider, resources } = this.#parts;
    return provider.configuration().catch((error: unknown) => {
      if (error instanceof HubError) throw error;
      resources.logger.warn({ reason: reasonOf(error) }, 'the identity provider cannot be asked');
      throw unavailable();
    });
  }
}

/** What it counts against: each costs requests to the identity provider. */
function attemptsOf({ address }: Browser): readonly Attempt[] {
  return address === undefined ? [] : [{ kind: 'single-sign-on:address', of: networkOf(address) }];
}

interface Expected {
  readonly expectedState: string;
  readonly expectedNonce: string;
  readonly pkceCodeVerifier: string;
}

async function exchange(
  configuration: Configuration,
  cameBack: URL,
  expected: Expected,
  isKnown: (identity: Pick<ProvenIdentity, 'issuer' | 'subject'>) => Promise<boolean>,
): Promise<ProvenIdentity> {
  const tokens = await authorizationCodeGrant(configuration, cameBack, {
    ...expected,
    idTokenExpected: true,
  });
  const claims = tokens.claims();
  if (claims === undefined) throw failed('It did not say who you are.');
  const identity = { issuer: claims.iss, subject: claims.sub };
  // Names are for newcomers. Most put them beside the subject; who keeps to the letter has to be asked for them.
  const isNamed = typeof claims['preferred_username'] === 'string';
  const canAsk = configuration.serverMetadata().userinfo_endpoint !== undefined;
  const asks = !isNamed && canAsk && !(await isKnown(identity));
  const names = asks ? await fetchUserInfo(configuration, tokens.access_token, claims.sub) : claims;
  const text = (name: string): string | undefined => {
    const value = names[name];
    return typeof value === 'string' && value !== '' ? value : undefined;
  };
  return {
    ...identity,
    usernames: [text('preferred_username'), text('nickname'), text('email')?.split('@')[0]],
    displayName: text('name'),
  };
}

function explain(error: unknown, logger: Logger): HubError {
  if (error instanceof HubError) return error;
  if (error instanceof AuthorizationResponseError && error.error === 'access_denied') {
    return failed('It was cancelled, or you may not use this server.');
  }
  logger.warn({ reason: reasonOf(error) }, 'a single sign-on failed');
  const refused = [AuthorizationResponseError, ResponseBodyError, ClientError].some(
    (kind) => error instanceof kind,
  );
  return refused ? failed('The log of this server tells more.') : unavailable();
}

/** Never a parameter of what was asked or answered: there are codes and tokens among them. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  const code = 'code' in error && typeof error.code === 'string' ? ` ${error.code}` : '';
  const refusal = 'error' in error && typeof error.error === 'string' ? ` ${error.error.slice(0, 100)}` : '';
  return `${error.name}${code}${refusal}`;
}

function failed(why: string): HubError {
  return new HubError(
    'single_sign_on_failed',
    `You were not signed in. ${why} Try again, or ask an administrator.`,
  );
}

function unavailable(): HubError {
  return new HubError(
    'single_sign_on_unavailable',
    'The identity provider that you sign in with can’t be asked right now. Try again later; its administrator finds the reason in the log of this server.',
  );
}
