import type { CallOptions } from '@anyforge/core';
import { ProviderError } from '@anyforge/core';
import { forgeLink } from '../forge-links.js';
import { hashOf, newSecretToken } from '../people/secret-token.js';
import type { Resources } from '../resources.js';
import type { SignInRow } from '../store/rows/sign-ins.js';
import { deviceFlowUnavailable, oauthUnavailable } from './sign-in-failures.js';
import { signInMs, transactionRecord } from './sign-in-rows.js';
import type { SignInSubject } from './sign-in-target.js';

/** What is kept of how a sign-in began. */
export type BegunColumns = Pick<
  SignInRow,
  | 'state_hash'
  | 'redirect_uri'
  | 'transaction_sealed'
  | 'user_code'
  | 'verification_url'
  | 'poll_at'
  | 'interval_ms'
  | 'expires_at'
>;

/** A sign-in of this id, from now on, by the database's clock. */
export interface Beginning {
  readonly id: string;
  readonly now: number;
  readonly subject: SignInSubject;
}

/**
 * Makes the forge's address to which a browser is sent. Nothing is asked of the forge.
 *
 * @throws HubError `oauth_unavailable`.
 */
export async function beginRedirect(
  { vault }: Resources,
  { id, now, subject }: Beginning,
  redirectUri: string,
  selectAccount: boolean,
): Promise<{ readonly authorizationUrl: string; readonly columns: BegunColumns }> {
  const { oauth } = subject.provider;
  if (oauth === undefined) throw oauthUnavailable(subject.name);
  const state = newSecretToken();
  const { url, transaction } = await oauth.start({ redirectUri, state, selectAccount });
  const columns = {
    state_hash: hashOf(state),
    redirect_uri: redirectUri,
    transaction_sealed: vault.seal(transaction, transactionRecord(id)),
    user_code: null,
    verification_url: null,
    poll_at: null,
    interval_ms: null,
    expires_at: now + signInMs,
  };
  return { authorizationUrl: url, columns };
}

/**
 * Asks the forge for a code to be typed on its page.
 *
 * @throws HubError `oauth_unavailable`; ProviderError why the forge gave none, `invalid_response` when its page is on
 * another address than its own.
 */
export async function beginDevice(
  { vault, clock }: Resources,
  { id, now, subject }: Beginning,
  call: CallOptions,
): Promise<{ readonly authorizationUrl: undefined; readonly columns: BegunColumns }> {
  const device = subject.provider.oauth?.device;
  if (device === undefined) throw deviceFlowUnavailable(subject.name);
  const begun = await device.start(call);
  const verificationUrl = forgeLink(subject.provider)(begun.verificationUrl);
  if (verificationUrl === undefined) throw codeElsewhere(subject);
  // The adapter tells the end by its own clock.
  const leftMs = begun.expiresAt.getTime() - clock.now().getTime();
  const columns = {
    state_hash: null,
    redirect_uri: null,
    transaction_sealed: vault.seal(begun.transaction, transactionRecord(id)),
    user_code: begun.userCode,
    verification_url: verificationUrl,
    poll_at: now + begun.intervalMs,
    interval_ms: begun.intervalMs,
    expires_at: now + Math.min(signInMs, leftMs),
  };
  return { authorizationUrl: undefined, columns };
}

/** Whoever types the code elsewhere, and signs in there, may tell somebody else. */
function codeElsewhere({ provider, name }: SignInSubject): ProviderError {
  return new ProviderError(
    'invalid_response',
    `${name} wants the code typed on a page that is not its own, so this sign-in was not started.`,
    {
      provider: provider.type,
      repair: { text: 'Sign in with the browser or with a token, and tell an administrator.' },
    },
  );
}
