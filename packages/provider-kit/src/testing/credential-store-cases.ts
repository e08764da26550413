import assert from 'node:assert/strict';
import type { OAuthCredential } from '@anyforge/core';
import type { CredentialClaim, CredentialStore } from '../credentials/credential-store.js';

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

async function claim(store: CredentialStore): Promise<CredentialClaim> {
  const answer = await store.claim((await read(store)).version, termMs);
  assert(answer.status === 'claimed', `the claim was not given: ${answer.status}`);
  return answer;
}

/** What becomes of a claim on the current version. */
async function claimStatus(store: CredentialStore): Promise<string> {
  return (await store.claim((await read(store)).version, termMs)).status;
}

/** A store's clock need not stand still, nor tell milliseconds. */
function assertAbout(actualMs: number | undefined, expectedMs: number): void {
  assert(actualMs !== undefined, `undefined instead of about ${expectedMs} ms`);
  assert(Math.abs(actualMs - expectedMs) <= 1_000, `${actualMs} ms instead of about ${expectedMs} ms`);
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
      const claimed = await claim(open());
      assert.equal((await read(open())).version, version);
      await claimed.release(0, 'unknown');
      assert.equal((await read(open())).version, version);
    },
  },
  {
    name: 'gives a claim to one of all who ask at once',
    run: async (begin) => {
      const { open } = await begin(first);
      const { version } = await read(open());
      const asked = Array.from({ length: 10 }, () => open().claim(version, termMs));
      const given = (await Promise.all(asked)).filter(({ status }) => status === 'claimed');
      assert.equal(given.length, 1);
      assert.equal(await claimStatus(open()), 'held');
    },
  },
  {
    name: 'takes a claim of one who never came back for ended when its term is over, by its own clock',
    run: async (begin) => {
      const { open, advance } = await begin(first);
      await claim(open());
      await advance(termMs - 1_000);
      assert.equal(await claimStatus(open()), 'held');
      await advance(1_000);
      assert.equal(await claimStatus(open()), 'claimed');
    },
  },
  {
    name: 'gives no claim of a version that is not current',
    run: async (begin) => {
      const { open } = await begin(first);
      const { version } = await read(open());
      assert.equal(await (await claim(open())).save(second), true);
      assert.equal((await open().claim(version, termMs)).status, 'ended');
      assert.notEqual((await read(open())).version, version);
    },
  },
  {
    name: 'is free again after a save, and knows since when it has what it holds',
    run: async (begin) => {
      const { open } = await begin(first);
      await (await claim(open())).save(second);
      assert((await read(open())).since instanceof Date);
      assert.equal(await claimStatus(open()), 'claimed');
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
    name: 'remembers a refusal, with the credential, and gives no claim of it any more',
    run: async (begin) => {
      const { open } = await begin(first);
      const { version } = await read(open());
      assert.equal(await (await claim(open())).refuse(), true);
      const stored = await read(open());
      assert.equal(stored.refused, true);
      assert.equal(stored.credential.accessToken, first.accessToken);
      assert.equal(stored.version, version);
      assert.equal(await claimStatus(open()), 'ended');
    },
  },
  {
    name: 'keeps a pair that arrives after the refusal of another holder',
    run: async (begin) => {
      const { open, advance } = await begin(first);
      const slow = await claim(open());
      await advance(termMs);
      assert.equal(await (await claim(open())).refuse(), true);
      assert.equal(await slow.save(second), true);
      const stored = await read(open());
      assert.equal(stored.credential.accessToken, second.accessToken);
      assert.notEqual(stored.refused, true);
      assert.equal((await claim(open())).unansweredMs ?? 'none', 'none');
    },
  },
  {
    name: 'lets nobody claim before the pause of a release is over, and tells it from a claim',
    run: async (begin) => {
      const { open, advance } = await begin(first);
      await (await claim(open())).release(5_000, 'not-processed');
      const answer = await open().claim((await read(open())).version, termMs);
      assert(answer.status === 'paused', `${answer.status} instead of paused`);
      assertAbout(answer.pauseMs, 5_000);
      await advance(5_000);
      const claimed = await claim(open());
      await claimed.release(0, 'not-processed');
      assert.equal(await claimStatus(open()), 'claimed');
    },
  },
  {
    name: 'tells how long ago the first claim was given of which nobody knows what came: its term ran out',
    run: async (begin) => {
      const { open, advance } = await begin(first);
      assert.equal((await claim(open())).unansweredMs ?? 'none', 'none');
      await advance(termMs);
      assertAbout((await claim(open())).unansweredMs, termMs);
      await advance(termMs);
      assertAbout((await claim(open())).unansweredMs, 2 * termMs);
    },
  },
  {
    name: 'tells how long ago the first claim was given of which nobody knows what came: so it was released',
    run: async (begin) => {
      const { open, advance } = await begin(first);
      await (await claim(open())).release(0, 'unknown');
      await advance(10_000);
      const next = await claim(open());
      assertAbout(next.unansweredMs, 10_000);
      // What came of the first one is as unknown as before.
      await next.release(0, 'not-processed');
      await advance(10_000);
      assertAbout((await claim(open())).unansweredMs, 20_000);
    },
  },
  {
    name: 'forgets a claim after which the forge has certainly done nothing, and those on earlier versions',
    run: async (begin) => {
      const { open } = await begin(first);
      await (await claim(open())).release(0, 'not-processed');
      assert.equal((await claim(open())).unansweredMs ?? 'none', 'none');
      const { open: reopen } = await begin(first);
      await (await claim(reopen())).release(0, 'unknown');
      await (await claim(reopen())).save(second);
      assert.equal((await claim(reopen())).unansweredMs ?? 'none', 'none');
    },
  },
  {
    name: 'does not end the claim of another one with a late release',
    run: async (begin) => {
      const { open, advance } = await begin(first);
      const late = await claim(open());
      await advance(termMs);
      await claim(open());
      await late.release(0, 'not-processed');
      assert.equal(await claimStatus(open()), 'held');
      await advance(termMs);
      assertAbout((await claim(open())).unansweredMs, 2 * termMs);
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
      assert.equal(await claimStatus(open()), 'claimed');
    },
  },
  {
    name: 'gives the last word to the person: no pause nor doubt of the old sign-in is left',
    run: async (begin) => {
      const { open, replace } = await begin(first);
      await (await claim(open())).release(600_000, 'unknown');
      await replace(second);
      assert.equal((await claim(open())).unansweredMs ?? 'none', 'none');
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
      await claimed.release(0, 'unknown');
      assert.equal(await open().read(), undefined);
      assert.equal((await open().claim(version, termMs)).status, 'ended');
    },
  },
];

/** A store may keep what is absent as undefined. */
function withoutAbsent(credential: OAuthCredential): object {
  return Object.fromEntries(Object.entries(credential).filter(([, value]) => value !== undefined));
}
