import { ProviderError } from '@anyforge/core';
import { createHash, timingSafeEqual } from 'node:crypto';
import type { OAuthClient, OAuthDescription } from './description.js';
import type { JsonRecord } from './json.js';
import { isTexts, readPositive, readRecord, readText } from './json.js';

/** What `finish` has to know of its `start`. */
export interface CodeTransaction {
  readonly kind: 'code';
  readonly redirectUri: string;
  /** What `hashState` made of the state. */
  readonly stateHash: string;
  /** Empty where the forge's own default was asked for. */
  readonly scopes: readonly string[];
  readonly verifier?: string | undefined;
}

/** What `poll` has to know of its `start`. */
export interface DeviceTransaction {
  readonly kind: 'device';
  readonly deviceCode: string;
  readonly intervalMs: number;
  readonly scopes: readonly string[];
}

export type Transaction = CodeTransaction | DeviceTransaction;

/** Whose transactions these are: one client at one authorization server. */
export interface TransactionOwner {
  readonly provider: string;
  readonly description: Pick<OAuthDescription, 'issuer'>;
  readonly client: Pick<OAuthClient, 'clientId'>;
}

const version = 1;

/** Writes a transaction as one opaque word, which also names whose it is. */
export function writeTransaction(owner: TransactionOwner, transaction: Transaction): string {
  const { issuer } = owner.description;
  const { clientId } = owner.client;
  return Buffer.from(JSON.stringify({ version, issuer, clientId, ...transaction })).toString('base64url');
}

/** @throws ProviderError `invalid_request` for one that is not this owner's, or that this version did not write */
export function readCodeTransaction(owner: TransactionOwner, text: string): CodeTransaction {
  const { kind, record, scopes } = readOwned(owner, text);
  const redirectUri = readText(record['redirectUri']);
  const stateHash = readText(record['stateHash']);
  if (kind !== 'code' || redirectUri === undefined || stateHash === undefined) throw unreadable(owner);
  return { kind, redirectUri, stateHash, scopes, verifier: readText(record['verifier']) };
}

/** @throws as `readCodeTransaction` does */
export function readDeviceTransaction(owner: TransactionOwner, text: string): DeviceTransaction {
  const { kind, record, scopes } = readOwned(owner, text);
  const deviceCode = readText(record['deviceCode']);
  const intervalMs = readPositive(record['intervalMs']);
  if (kind !== 'device' || deviceCode === undefined || intervalMs === undefined) throw unreadable(owner);
  return { kind, deviceCode, intervalMs, scopes };
}

/** A transaction that leaks does not tell the state. */
export function hashState(state: string): string {
  return createHash('sha256').update(state).digest('base64url');
}

/** Whether a state is the one of a hash, in a time that does not tell how nearly it is. */
export function isState(state: string | undefined, stateHash: string): boolean {
  if (state === undefined) return false;
  const given = Buffer.from(hashState(state));
  const expected = Buffer.from(stateHash);
  return given.length === expected.length && timingSafeEqual(given, expected);
}

function readOwned(
  owner: TransactionOwner,
  text: string,
): { readonly kind: unknown; readonly record: JsonRecord; readonly scopes: readonly string[] } {
  const record = readRecord(Buffer.from(text, 'base64url').toString());
  const scopes = record?.['scopes'];
  if (record?.['version'] !== version || !isTexts(scopes)) throw unreadable(owner);
  if (record['issuer'] !== owner.description.issuer || record['clientId'] !== owner.client.clientId) {
    throw new ProviderError(
      'invalid_request',
      'This sign-in was begun with another git provider or client id.',
      {
        provider: owner.provider,
        repair: { text: 'Start the sign-in again.' },
      },
    );
  }
  return { kind: record['kind'], record, scopes };
}

function unreadable({ provider }: TransactionOwner): ProviderError {
  return new ProviderError('invalid_request', 'What was kept of the begun sign-in cannot be read.', {
    provider,
    repair: { text: 'Start the sign-in again.' },
  });
}
