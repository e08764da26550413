import assert from 'node:assert/strict';
import type { OAuthCredential } from '@anyforge/core';
import type { CredentialStore } from '../credentials/credential-store.js';

/** One sign-in in a store under test. */
export interface CredentialStoreSubject {
  /** Opens the sign-in once more, as another process would. */
  readonly open: () => CredentialStore;
  /** Moves the store's own clock. */
  readonly advance: (ms: number) => Promise<void>;
  /** The person signs in again, or out. */
  readonly replace: (credential: OAuthCredential | undefined) => Promise<void>;
}

export interface CredentialStoreCase {
  /** A sentence about behaviour. */
  readonly name: string;
  /** @param begin stores a new sign-in with this credential @throws AssertionError when the store does not behave so */
  readonly run: (begin: (credential: OAuthCredential) => Promise<CredentialStoreSubject>) => Promise<void>;
}

const termMs = 60_000;
const first: OAuthCredential = {
  kind: 'oauth',
  accessToken: 'first access token',
  refreshToken: 'first refresh token',
  expiresAt: new Date('2026-11-20T14:00:00.123Z'),
  refreshTokenExpiresAt: new Date('2027-05-20T12:00:00Z'),
  scopes: ['read_api', 'read_user'],
  redirectUri: 'https://app.example/callback?ä=1',
};
// Some forges' tokens are longer than a column of 255 characters.
const second: OAuthCredential = { kind: 'oauth', accessToken: 'x'.repeat(4_000) };

async function read(store: CredentialStore) {
  const stored = await store.read();
  assert(stored, 'nothing is stored');
  return stored;
}

async function claim(store: CredentialStore) {
  const claimed = await store.claim((await read(store)).version, termMs);
  assert(claimed, 'the claim was not given');
  return claimed;
}

/** Whether the current version can be claimed. */
async function isFree(store: CredentialStore): Promise<boolean> {
  return (await store.claim((await read(store)).version, termMs)) !== undefined;
}

/** What every `CredentialStore` has to do, to be run by the tests of one: a case each, in any order. */
export const credentialStoreCases: readonly CredentialStoreCase[] = [
  {
    name: 'gives back what it was given, whole',
    run: async (begin) => {
      const { open } = await begin(first);
      const stored = await read(open());
      assert.deepEqual(withoutAbsent(stored.credential), first);
      assert.notEqual(stored.refused, true);
      await (await claim(open())).save(second);
      assert.deepEqual(withoutAbsent((await read(open())).credential), second);
    },
  },
  {
    name: 'keeps its version as long as nothing changes, claims included',
    run: async (begin) => {
      const { open } = await begin(first);
      const { version } = await read(open());
      await (await claim(open())).release(0);
      assert.equal((await read(open())).version, version);
    },
  },
  {
    name: 'gives a claim to one of all who ask at once',
    run: async (begin) => {
      const { open } = await begin(first);
      const { version } = await read(open());
      const asked = Array.from({ length: 10 }, () => open().claim(version, termMs));
      const given = (await Promise.all(asked)).filter((claimed) => claimed !== undefined);
      assert.equal(given.length, 1);
    },
  },
  {
    name: 'takes a claim of one who never came back for ended when its term is over, by its own clock',
    run: async (begin) => {
      const { open, advance } = await begin(first);
      await claim(open());
      await advance(termMs - 1_000);
      assert.equal(await isFree(open()), false);
      await advance(1_000);
      assert.equal(await isFree(open()), true);
    },
  },
  {
    name: 'gives no claim of a version that is not current',
    run: async (begin) => {
      const { open } = await begin(first);
      const { version } = await read(open());
      assert.equal(await (await claim(open())).save(second), true);
      assert.equal(await open().claim(version, termMs), undefined);
      assert.notEqual((await read(open())).version, version);
    },
  },
  {
    name: 'is free again after a save, and knows since when it has what it holds',
    run: async (begin) => {
      const { open } = await begin(first);
      await (await claim(open())).save(second);
      assert((await read(open())).since instanceof Date);
      assert.equal(await isFree(open()), true);
    },
  },
  {
    name: 'saves after the end of the term too, when nobody else has changed anything',
    run: async (begin) => {
      const { open, advance } = await begin(first);
      const late = await claim(open());
      await advance(2 * termMs);
      assert.equal(await late.save(second), true);
      assert.equal((await read(open())).credential.accessToken, second.accessToken);
    },
  },
  {
    name: 'lets the first of two holders win',
    run: async (begin) => {
      const { open, advance } = await begin(first);
      const late = await claim(open());
      await advance(termMs);
      assert.equal(await (await claim(open())).save(second), true);
      assert.equal(await late.save({ ...first, accessToken: 'third access token' }), false);
      assert.equal(await late.refuse(), false);
      const { credential, refused } = await read(open());
      assert.equal(credential.accessToken, second.accessToken);
      assert.notEqual(refused, true);
    },
  },
  {
    name: 'saves nothing twice',
    run: async (begin) => {
      const { open } = await begin(first);
      const claimed = await claim(open());
      assert.deepEqual([await claimed.save(second), await claimed.save(second)], [true, false]);
    },
  },
  {
    name: 'remembers a refusal, with the credential, as another version',
    run: async (begin) => {
      const { open } = await begin(first);
      const { version } = await read(open());
      assert.equal(await (await claim(open())).refuse(), true);
      const stored = await read(open());
      assert.equal(stored.refused, true);
      assert.equal(stored.credential.accessToken, first.accessToken);
      assert.notEqual(stored.version, version);
      assert.equal(await open().claim(version, termMs), undefined);
    },
  },
  {
    name: 'lets nobody claim before the pause of a release is over',
    run: async (begin) => {
      const { open, advance } = await begin(first);
      await (await claim(open())).release(5_000);
      assert.equal(await isFree(open()), false);
      await advance(5_000);
      const claimed = await claim(open());
      await claimed.release(0);
      assert.equal(await isFree(open()), true);
    },
  },
  {
    name: 'does not end the claim of another one with a late release',
    run: async (begin) => {
      const { open, advance } = await begin(first);
      const late = await claim(open());
      await advance(termMs);
      await claim(open());
      await late.release(0);
      assert.equal(await isFree(open()), false);
    },
  },
  {
    name: 'gives the last word to the person: signed in again',
    run: async (begin) => {
      const { open, replace } = await begin(first);
      const claimed = await claim(open());
      await replace({ ...first, accessToken: 'signed in anew' });
      assert.deepEqual([await claimed.save(second), await claimed.refuse()], [false, false]);
      assert.equal((await read(open())).credential.accessToken, 'signed in anew');
      assert.equal(await isFree(open()), true);
    },
  },
  {
    name: 'gives the last word to the person: a refusal ends with a new sign-in',
    run: async (begin) => {
      const { open, replace } = await begin(first);
      await (await claim(open())).refuse();
      await replace(second);
      assert.notEqual((await read(open())).refused, true);
    },
  },
  {
    name: 'gives the last word to the person: signed out',
    run: async (begin) => {
      const { open, replace } = await begin(first);
      const { version } = await read(open());
      const claimed = await claim(open());
      await replace(undefined);
      assert.equal(await claimed.save(second), false);
      await claimed.release(0);
      assert.equal(await open().read(), undefined);
      assert.equal(await open().claim(version, termMs), undefined);
    },
  },
];

/** A store may keep what is absent as undefined. */
function withoutAbsent(credential: OAuthCredential): object {
  return Object.fromEntries(Object.entries(credential).filter(([, value]) => value !== undefined));
}
