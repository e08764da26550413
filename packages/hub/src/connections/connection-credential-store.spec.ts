import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { OAuthCredential } from '@anyforge/core';
import type { CredentialClaim, CredentialStore } from '@anyforge/provider-kit/credentials';
import { credentialStoreCases } from '@anyforge/provider-kit/testing';
import { ConnectionCredentialStore } from './connection-credential-store.js';
import type { RenewalSubject } from './renewal.fixture.js';
import { openRenewalSubject } from './renewal.fixture.js';

const termMs = 60_000;
const day = 86_400_000;

describe('the credential of a connection, as renewals keep it', () => {
  let subject: RenewalSubject;

  beforeEach(async () => {
    subject = await openRenewalSubject();
  });

  afterEach(() => subject.close());

  it.each(credentialStoreCases)('$name', async ({ run }) => {
    const { resources } = subject;
    await run(async (credential) => {
      let connection = await subject.signIn(credential);
      return {
        open: () => new ConnectionCredentialStore(resources, connection),
        advance: (ms) => {
          resources.clock.advance(ms);
          return Promise.resolve();
        },
        replace: async (next) => {
          if (next === undefined) await resources.store.database.deleteFrom('connections').execute();
          else connection = await subject.signIn(next);
        },
      };
    });
  });

  async function claim(store: CredentialStore): Promise<CredentialClaim> {
    const answer = await store.claim((await store.read())?.version ?? '', termMs);
    if (answer.status !== 'claimed') throw new Error(answer.status);
    return answer;
  }

  const openStore = (): CredentialStore =>
    new ConnectionCredentialStore(subject.resources, subject.connection);

  it('hides the list at once when the forge refuses, and says why in words', async () => {
    await (await claim(openStore())).refuse();
    expect(await subject.row()).toMatchObject({
      visible_generation: null,
      visible_completed_at: null,
      attention_reason: expect.stringMatching(/ended by the git provider/),
      attention_at: subject.resources.clock.now().getTime(),
    });
  });

  it('keeps the list when an answer got lost, for nothing was revoked', async () => {
    await claim(openStore());
    subject.resources.clock.advance(termMs);
    await (await claim(openStore())).refuse();
    expect(await subject.row()).toMatchObject({
      visible_generation: 'generation',
      attention_reason: expect.stringMatching(/interrupted/),
    });
  });

  it('needs no attention any more when the lost answer is stored after all', async () => {
    const slow = await claim(openStore());
    subject.resources.clock.advance(termMs);
    await (await claim(openStore())).refuse();
    expect(await slow.save(subject.forge.issue())).toBe(true);
    expect(await subject.row()).toMatchObject({ attention_reason: null, attention_at: null });
  });

  it('leaves what a renewal does not mend: another reason for attention', async () => {
    await subject.resources.store.database
      .updateTable('connections')
      .set({ attention_reason: 'another account', attention_at: 1 })
      .execute();
    await (await claim(openStore())).save(subject.forge.issue());
    expect(await subject.row()).toMatchObject({ attention_reason: 'another account', attention_at: 1 });
  });

  describe('is kept alive', () => {
    const withEnd = (end: number | undefined): OAuthCredential => ({
      ...subject.forge.issue(),
      refreshTokenExpiresAt: end === undefined ? undefined : new Date(end),
    });
    const now = (): number => subject.resources.clock.now().getTime();

    async function keepAliveAfter(credential: OAuthCredential): Promise<number | null> {
      await (await claim(openStore())).save(credential);
      const { keep_alive_at } = await subject.row();
      return keep_alive_at === null ? null : keep_alive_at - now();
    }

    it('around the middle of the life that its refresh token has', async () => {
      const afterMs = await keepAliveAfter(withEnd(now() + 100 * day));
      expect(afterMs).toBeGreaterThanOrEqual(40 * day);
      expect(afterMs).toBeLessThan(60 * day);
    });

    it('well within the shortest life that a forge gives, where it does not tell', async () => {
      const afterMs = await keepAliveAfter(withEnd(undefined));
      expect(afterMs).toBeGreaterThanOrEqual(12 * day);
      expect(afterMs).toBeLessThan(18 * day);
    });

    it('not where a renewal does not move the end', async () => {
      const end = now() + 20 * day;
      await subject.signIn(withEnd(end));
      subject.resources.clock.advance(day);
      const connection = { ...subject.connection, epoch: 3 };
      await (await claim(new ConnectionCredentialStore(subject.resources, connection))).save(withEnd(end));
      expect(await subject.row()).toMatchObject({ ends_at: end, keep_alive_at: null });
    });

    it('not without a refresh token', async () => {
      expect(await keepAliveAfter({ kind: 'oauth', accessToken: 'for good' })).toBeNull();
    });
  });
});
