import { randomInt } from 'node:crypto';
import type { Credential, OAuthCredential } from '@anyforge/core';
import type { ConnectionRow } from '../store/schema.js';
import type { VaultRecord } from '../vault/sealed-columns.js';
import type { Vault } from '../vault/vault.js';

/** Where a connection's credential is sealed. */
export function credentialRecord(connectionId: string): VaultRecord {
  return { table: 'connections', id: connectionId, column: 'credential' };
}

type Stored<T> = { readonly [Key in keyof T]: T[Key] extends Date | undefined ? string | undefined : T[Key] };
type StoredCredential = Extract<Credential, { readonly kind: 'token' }> | Stored<OAuthCredential>;

export function writeCredential(credential: Credential): string {
  return JSON.stringify(credential);
}

export function readCredential(text: string): Credential {
  // What `writeCredential` wrote, in which JSON has made text of the dates.
  const stored = JSON.parse(text) as StoredCredential;
  if (stored.kind === 'token') return stored;
  const { expiresAt, refreshTokenExpiresAt, ...rest } = stored;
  return {
    ...rest,
    expiresAt: expiresAt === undefined ? undefined : new Date(expiresAt),
    refreshTokenExpiresAt: refreshTokenExpiresAt === undefined ? undefined : new Date(refreshTokenExpiresAt),
  };
}

/** The columns that say what a connection's credential is and how its renewal stands; its version is counted apart. */
export type CredentialColumns = Pick<
  ConnectionRow,
  | 'credential'
  | 'credential_since'
  | 'credential_refused'
  | 'claim_id'
  | 'claim_until'
  | 'unanswered_since'
  | 'ends_at'
  | 'keep_alive_at'
>;

interface CredentialTimes {
  readonly now: number;
  readonly formerEndsAt?: number | null | undefined;
}

/**
 * A credential that has just been given out, as columns: nobody renews it yet, and no doubt of the one before is left.
 *
 * @param options `now` by the database's clock, in epoch milliseconds; `formerEndsAt`: when the one ends that it was renewed from.
 */
export function credentialColumns(
  vault: Vault,
  connectionId: string,
  credential: Credential,
  options: CredentialTimes,
): CredentialColumns {
  return {
    credential: vault.seal(writeCredential(credential), credentialRecord(connectionId)),
    credential_since: options.now,
    credential_refused: 0,
    claim_id: null,
    claim_until: null,
    unanswered_since: null,
    ...lifeOf(credential, options),
  };
}

/** No refresh token that we know of lives for less than a month: Gitea's for 730 hours, those of Bitbucket for 90 days. */
const unknownLifeMs = 30 * 86_400_000;
/** Ends that are closer together than this are the same: forges round. */
const sameEndMs = 3_600_000;

/**
 * When a credential ends for good, where that is known, and when it is to be renewed if nobody has used it until then:
 * around the middle of its refresh token's life, each connection at a moment of its own.
 */
function lifeOf(
  credential: Credential,
  { now, formerEndsAt }: CredentialTimes,
): Pick<ConnectionRow, 'ends_at' | 'keep_alive_at'> {
  // A token's end is its identity's to tell.
  if (credential.kind === 'token') return { ends_at: null, keep_alive_at: null };
  if (credential.refreshToken === undefined) {
    return { ends_at: credential.expiresAt?.getTime() ?? null, keep_alive_at: null };
  }
  const endsAt = credential.refreshTokenExpiresAt?.getTime();
  if (endsAt !== undefined && typeof formerEndsAt === 'number' && endsAt - formerEndsAt < sameEndMs) {
    return { ends_at: endsAt, keep_alive_at: null };
  }
  const lifeMs = Math.max(0, endsAt === undefined ? unknownLifeMs : endsAt - now);
  const share = randomInt(40, 60) / 100;
  return { ends_at: endsAt ?? null, keep_alive_at: Math.round(now + lifeMs * share) };
}
