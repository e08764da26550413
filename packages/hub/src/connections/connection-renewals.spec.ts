import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { bindingOf } from '../git-providers/binding.js';
import { toJson } from '../store/json.js';
import { gate } from '../testing/test-hub.js';
import type { RenewalSubject } from './renewal.fixture.js';
import { openRenewalSubject } from './renewal.fixture.js';
import { findStoredConnection } from './stored-connection.js';

const hour = 3_600_000;

describe('an OAuth connection whose access token has expired', () => {
  let subject: RenewalSubject;

  beforeEach(async () => {
    subject = await openRenewalSubject();
    subject.resources.clock.advance(3 * hour);
  });

  afterEach(() => subject.close());

  /** As an API call does in a process. */
  const use = async (process = subject.process(), connection = subject.connection) =>
    (await process.sessions.open(connection)).identity();

  it('is renewed once, however many calls in however many processes notice', async () => {
    const processes = [subject.process(), subject.process(), subject.process()];
    const calls = Array.from({ length: 60 }, (_, index) => use(processes[index % processes.length]));
    const identities = await subject.passUntil(Promise.all(calls));
    expect(identities).toHaveLength(60);
    expect(subject.forge.refreshed).toEqual(['refresh-1']);
  });

  it('is stored before anybody uses it', async () => {
    const versions: number[] = [];
    subject.forge.after = async () => {
      versions.push((await subject.row()).credential_version);
    };
    await subject.passUntil(use());
    versions.push((await subject.row()).credential_version);
    expect(versions[1]).toBe((versions[0] ?? 0) + 1);
    await use(subject.process());
    expect(subject.forge.refreshed).toHaveLength(1);
  });

  it('tells when the credential expires that was given last', async () => {
    const before = subject.resources.clock.now().getTime();
    await subject.resources.store.database.updateTable('connections').set({ expires_at: before }).execute();
    await subject.passUntil(use());
    const stored = await findStoredConnection(subject.resources, subject.connection);
    expect(stored?.credential).toMatchObject({
      accessToken: 'access-2',
      expiresAt: new Date((await subject.row()).expires_at ?? 0),
    });
    expect((await subject.row()).expires_at).toBeGreaterThan(before + hour);
  });

  it('needs attention, and shows nothing any more, when the forge refuses for good', async () => {
    subject.forge.revoke();
    await expect(subject.passUntil(use())).rejects.toMatchObject({
      kind: 'unauthenticated',
      details: { repair: { text: 'Sign in again.' } },
    });
    expect(await subject.row()).toMatchObject({
      credential_refused: 1,
      visible_generation: null,
      attention_reason: expect.stringContaining('ended by the git provider'),
    });
    await expect(use(subject.process())).rejects.toMatchObject({ kind: 'unauthenticated' });
    expect(subject.forge.refreshed).toHaveLength(1);
  });

  it('stays as it is while the forge is in trouble, and is renewed when that is over', async () => {
    subject.forge.before = () => {
      throw subject.forge.error('unavailable', { status: 503 });
    };
    const process = subject.process();
    await expect(subject.passUntil(use(process))).rejects.toMatchObject({ kind: 'unavailable' });
    expect(await subject.row()).toMatchObject({
      credential_refused: 0,
      attention_reason: null,
      visible_generation: 'generation',
    });
    subject.forge.before = () => undefined;
    subject.resources.clock.advance(hour);
    await subject.passUntil(use(process));
    expect(subject.forge.refreshed).toEqual(['refresh-1', 'refresh-1']);
  });

  it('is not asked about twice when its process dies before it has stored the answer', async () => {
    const acted = gate();
    subject.forge.after = () => {
      acted.open();
      return gate().opened;
    };
    use(subject.process()).catch(() => undefined);
    await acted.opened;

    const survivor = subject.process();
    await expect(subject.passUntil(use(survivor))).rejects.toMatchObject({ kind: 'timeout' });
    await subject.pass(60_000);
    await expect(subject.passUntil(use(survivor))).rejects.toMatchObject({
      kind: 'grant_expired',
      message: expect.stringContaining('interrupted'),
    });
    expect(subject.forge.refreshed).toEqual(['refresh-1']);
    expect(await subject.row()).toMatchObject({ credential_refused: 1, visible_generation: 'generation' });
  });

  it('goes on by itself when the process that was taken for dead stores its answer after all', async () => {
    const held = gate();
    const arrived = gate();
    subject.forge.after = () => {
      arrived.open();
      return held.opened;
    };
    const slow = use(subject.process());
    slow.catch(() => undefined);
    await arrived.opened;
    // By the database's clock its term is over; by its own it has not waited for a moment.
    await subject.resources.store.database.updateTable('connections').set({ claim_until: 0 }).execute();
    await expect(subject.passUntil(use(subject.process()))).rejects.toMatchObject({ kind: 'grant_expired' });

    held.open();
    await slow;
    expect(await subject.row()).toMatchObject({ credential_refused: 0, attention_reason: null });
    await use(subject.process());
    expect(subject.forge.refreshed).toEqual(['refresh-1']);
  });

  it.each([
    ['out', () => subject.resources.store.database.deleteFrom('connections').execute()],
    ['in again', () => subject.signIn(subject.forge.issue())],
  ])('is ended at the forge when the person has signed %s while it was given', async (_, change) => {
    subject.forge.after = async () => {
      await change();
    };
    const { renewals, revocations } = subject.process();
    const renewing = renewals.of(subject.connection, 'fake').get({ validForMs: 10 * hour });
    await expect(subject.passUntil(renewing)).rejects.toMatchObject({ kind: 'unauthenticated' });
    await revocations.settled();
    expect(subject.forge.revoked).toEqual(['access-2']);
  });

  it('is left alone at the forge when another one of the same sign-in is stored by then', async () => {
    subject.forge.after = async () => {
      const later = { credential_version: (await subject.row()).credential_version + 1 };
      await subject.resources.store.database.updateTable('connections').set(later).execute();
    };
    const { renewals, revocations } = subject.process();
    await subject.passUntil(renewals.of(subject.connection, 'fake').get({ validForMs: 10 * hour }));
    await revocations.settled();
    expect(subject.forge.revoked).toEqual([]);
  });

  it('keeps what it was given while the store is out of order, and gives it to nobody before', async () => {
    const { store } = subject.resources;
    const failing = jest.spyOn(store, 'now').mockRejectedValue(new Error('disk full'));
    failing.mockResolvedValueOnce(subject.resources.clock.now().getTime());
    const process = subject.process();
    await expect(subject.passUntil(use(process))).rejects.toMatchObject({ kind: 'unavailable' });
    expect((await subject.row()).credential_refused).toBe(0);

    failing.mockImplementation(() => Promise.resolve(subject.resources.clock.now().getTime()));
    await process.renewals.settled();
    await use(subject.process());
    expect(subject.forge.refreshed).toEqual(['refresh-1']);
  });

  it('is parked, its credential sealed and unsent, when the address is another one', async () => {
    const binding = JSON.stringify({ clientId: null, addresses: ['elsewhere'] });
    await subject.resources.store.database.updateTable('connections').set({ bound_to: binding }).execute();
    const open = jest.spyOn(subject.resources.vault, 'open');
    await expect(use()).rejects.toMatchObject({
      kind: 'grant_expired',
      message: expect.stringMatching(/address or the OAuth application of Fake was changed/),
    });
    expect(open).not.toHaveBeenCalled();
    expect(subject.forge.refreshed).toEqual([]);
    open.mockRestore();
  });

  it('sends no refresh token to an address that was set while it was on its way', async () => {
    const { resources, connection } = subject;
    const bound = bindingOf({ baseUrl: 'https://forge.test' }, 'oauth');
    await resources.store.database.updateTable('connections').set({ bound_to: bound }).execute();
    const elsewhere = { config: toJson({ baseUrl: 'https://evil.test' }), version: 2 };
    const store = {
      ...resources.store,
      // Asked for the claim, when the credential is out of the vault already.
      now: async () => {
        await resources.store.database.updateTable('git_providers').set(elsewhere).execute();
        return resources.store.now();
      },
    };
    const { renewals } = subject.process({ ...resources, store });
    const renewing = renewals.of(connection, 'fake').get({ validForMs: 10 * hour });
    await expect(subject.passUntil(renewing)).rejects.toMatchObject({ kind: 'unavailable' });
    expect(subject.forge.refreshed).toEqual([]);
    expect(await subject.row()).toMatchObject({
      credential_refused: 0,
      unanswered_since: null,
      visible_generation: 'generation',
    });
  });

  it('says that nothing was sent when the git provider has lost its application, and asks again later', async () => {
    subject.forge.hasApplication = false;
    await expect(subject.passUntil(use())).rejects.toMatchObject({ kind: 'client_rejected' });
    expect(await subject.row()).toMatchObject({ credential_refused: 0, unanswered_since: null });
    subject.forge.hasApplication = true;
    subject.resources.clock.advance(hour);
    await subject.passUntil(use(subject.process()));
    expect(subject.forge.refreshed).toEqual(['refresh-1']);
  });

  it('belongs to one object for each sign-in in a process, which goes when nobody has used it for a while', async () => {
    const { renewals } = subject.process();
    expect(renewals.of(subject.connection, 'fake')).toBe(renewals.of(subject.connection, 'fake'));
    const later = { ...subject.connection, epoch: 3 };
    expect(renewals.of(later, 'fake')).not.toBe(renewals.of(subject.connection, 'fake'));
    await renewals.forgetIdle();
    expect(renewals.size).toBe(2);
    subject.resources.clock.advance(hour);
    await renewals.forgetIdle();
    expect(renewals.size).toBe(0);
  });
});
