import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { callerOf } from '../testing/callers.js';
import { gate } from '../testing/test-hub.js';
import type { SignInBench } from './sign-in-bench.fixture.js';
import { openSignInBench } from './sign-in-bench.fixture.js';

const ada = callerOf('ada');

describe('a sign-in with a code', () => {
  let bench: SignInBench;
  let id: string;

  beforeEach(async () => {
    bench = await openSignInBench();
    const { gitProviderId } = bench;
    const started = await bench.signIns.start(ada, { gitProviderId, method: 'device' });
    expect(started).toMatchObject({
      state: 'pending',
      device: { userCode: 'WDJB-MJHT', verificationUrl: 'https://forge.test/device' },
    });
    expect(started.authorizationUrl).toBeUndefined();
    id = started.id;
  });
  afterEach(() => bench.close());

  /** Lets the time pass after which the forge may be asked again. */
  async function wait(): Promise<void> {
    await bench.resources.store.database
      .updateTable('sign_ins')
      .set({ poll_at: 1 })
      .where('id', '=', id)
      .execute();
  }

  it.each(['https://evil.example/device', 'http://forge.test/device', 'https://ada@forge.test/device'])(
    'sends nobody to a page that is not of the forge: %s',
    async (verificationUrl) => {
      const { forge, gitProviderId, signIns } = bench;
      forge.verificationUrl = verificationUrl;
      await expect(signIns.start(ada, { gitProviderId, method: 'device' })).rejects.toMatchObject({
        kind: 'invalid_response',
      });
    },
  );

  it('asks the forge when it is time, and not before', async () => {
    await bench.signIns.get('ada', id);
    expect(bench.forge.polls).toBe(0);
    await wait();
    expect(await bench.signIns.get('ada', id)).toMatchObject({ state: 'pending' });
    await bench.signIns.get('ada', id);
    expect(bench.forge.polls).toBe(1);
  });

  it('asks once, however many wait for it', async () => {
    await wait();
    await Promise.all(Array.from({ length: 5 }, () => bench.signIns.get('ada', id)));
    expect(bench.forge.polls).toBe(1);
  });

  it('asks nobody again while an answer is on its way, however long that takes', async () => {
    const arrived = gate();
    const held = gate();
    bench.forge.beforePoll = () => {
      arrived.open();
      return held.opened;
    };
    await wait();
    const asking = bench.signIns.get('ada', id);
    await arrived.opened;
    const { poll_at: pollAt, interval_ms: intervalMs } = await bench.row(id);
    // As long as a lease of the interval alone would last.
    await bench.resources.store.database
      .updateTable('sign_ins')
      .set({ poll_at: (pollAt ?? 0) - (intervalMs ?? 0) })
      .where('id', '=', id)
      .execute();
    await bench.signIns.get('ada', id);
    expect(bench.forge.polls).toBe(1);
    held.open();
    await asking;
  });

  it('is kept though its code was typed in its last minute, and whose it is takes the forge a while', async () => {
    bench.forge.typed = 'ada';
    const { database } = bench.resources.store;
    const begun = (await bench.resources.store.now()) - 9 * 60_000;
    await database
      .updateTable('sign_ins')
      .set({ created_at: begun, expires_at: begun + 600_000 })
      .where('id', '=', id)
      .execute();
    bench.forge.forge.before = async () => {
      expect(await bench.signIns.get('ada', id)).toMatchObject({ state: 'finishing' });
      await bench.sweeper.sweep();
    };
    await wait();
    expect(await bench.signIns.get('ada', id)).toMatchObject({ state: 'awaiting_confirmation' });
    await bench.revocations.settled();
    expect(bench.forge.revoked).toEqual([]);
  });

  it('asks less often when the forge says so, and never more often again', async () => {
    bench.forge.intervalMs = 10_000;
    await wait();
    await bench.signIns.get('ada', id);
    bench.forge.intervalMs = 5_000;
    await wait();
    await bench.signIns.get('ada', id);
    expect(await bench.row(id)).toMatchObject({ interval_ms: 10_000 });
  });

  it('waits for the person to name the account, also in the browser that began it', async () => {
    bench.forge.typed = 'ada';
    await wait();
    expect(await bench.signIns.get('ada', id)).toMatchObject({
      state: 'awaiting_confirmation',
      account: { username: 'ada' },
      device: undefined,
    });
    expect(await bench.connections.get('ada', bench.gitProviderId)).toBeNull();
    expect(await bench.signIns.confirm(ada, id, 'id-of-ada')).toMatchObject({ state: 'succeeded' });
    expect(await bench.connections.get('ada', bench.gitProviderId)).toMatchObject({ kind: 'oauth' });
  });

  it('goes on after a failure that may pass', async () => {
    bench.forge.typed = bench.forge.error('network');
    await wait();
    expect(await bench.signIns.get('ada', id)).toMatchObject({ state: 'pending', error: undefined });
    bench.forge.typed = 'ada';
    await wait();
    expect(await bench.signIns.get('ada', id)).toMatchObject({ state: 'awaiting_confirmation' });
  });

  it.each(['access_denied', 'grant_expired'] as const)('ends by %s', async (kind) => {
    bench.forge.typed = bench.forge.error(kind);
    await wait();
    expect(await bench.signIns.get('ada', id)).toMatchObject({ state: 'failed', error: { kind } });
  });

  it('asks nobody when the settings were changed', async () => {
    await bench.changeSettings();
    await wait();
    expect(await bench.signIns.get('ada', id)).toMatchObject({ error: { kind: 'settings_changed' } });
    expect(bench.forge.polls).toBe(0);
  });

  it('asks nobody when its time is over', async () => {
    await wait();
    await bench.runOut(id);
    expect(await bench.signIns.get('ada', id)).toMatchObject({ error: { kind: 'sign_in_expired' } });
    expect(bench.forge.polls).toBe(0);
  });

  it('keeps nothing when it was cancelled while the forge was asked', async () => {
    bench.forge.typed = 'ada';
    bench.forge.forge.before = async () => {
      await bench.signIns.cancel('ada', id);
    };
    await wait();
    expect(await bench.signIns.get('ada', id)).toMatchObject({ state: 'cancelled' });
    await bench.revocations.settled();
    expect(bench.forge.revoked).toEqual(['access-of-ada']);
  });
});
