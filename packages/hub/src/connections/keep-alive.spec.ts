import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { KeepAlive } from './keep-alive.js';
import type { RenewalSubject } from './renewal.fixture.js';
import { openRenewalSubject } from './renewal.fixture.js';

const day = 86_400_000;

describe('an OAuth sign-in that nobody uses', () => {
  let subject: RenewalSubject;
  const { signal } = new AbortController();

  beforeEach(async () => {
    subject = await openRenewalSubject();
  });

  afterEach(() => subject.close());

  const keepAlive = (): KeepAlive => new KeepAlive(subject.resources, subject.process().renewals);
  const renewIdle = () => subject.passUntil(keepAlive().renewIdle(signal));

  it('is left alone before it is due', async () => {
    subject.resources.clock.advance(10 * day);
    await renewIdle();
    expect(subject.forge.refreshed).toEqual([]);
  });

  it('is renewed well before its refresh token dies of it, and then again', async () => {
    subject.resources.clock.advance(19 * day);
    await renewIdle();
    await renewIdle();
    expect(subject.forge.refreshed).toEqual(['refresh-1']);
    subject.resources.clock.advance(19 * day);
    await renewIdle();
    expect(subject.forge.refreshed).toEqual(['refresh-1', 'refresh-2']);
  });

  it('is renewed once by all the servers that find it', async () => {
    subject.resources.clock.advance(19 * day);
    await subject.passUntil(Promise.all(Array.from({ length: 4 }, () => keepAlive().renewIdle(signal))));
    expect(subject.forge.refreshed).toEqual(['refresh-1']);
  });

  it('is never touched when it needs attention', async () => {
    await subject.resources.store.database
      .updateTable('connections')
      .set({ attention_reason: 'another account', attention_at: 1 })
      .execute();
    subject.resources.clock.advance(19 * day);
    await renewIdle();
    expect(subject.forge.refreshed).toEqual([]);
  });

  it('is tried again some hours later when the forge is in trouble', async () => {
    subject.resources.clock.advance(19 * day);
    subject.forge.before = () => {
      throw subject.forge.error('unavailable', { status: 503 });
    };
    await renewIdle();
    await renewIdle();
    expect(subject.forge.refreshed).toEqual(['refresh-1']);
    subject.forge.before = () => undefined;
    subject.resources.clock.advance(day / 2);
    await renewIdle();
    expect(subject.forge.refreshed).toEqual(['refresh-1', 'refresh-1']);
    expect((await subject.row()).attention_reason).toBeNull();
  });

  it('keeps its token sealed where the git provider was moved to another address', async () => {
    await subject.resources.store.database
      .updateTable('connections')
      .set({ bound_to: 'elsewhere' })
      .execute();
    subject.resources.clock.advance(19 * day);
    await renewIdle();
    expect(subject.forge.refreshed).toEqual([]);
  });

  it('is found by itself while the server runs, and no more when it is closed', async () => {
    const running = keepAlive();
    running.start();
    subject.resources.clock.advance(19 * day);
    while (subject.forge.refreshed.length === 0) await subject.pass(200);
    await running.close();
    const asked = subject.forge.refreshed.length;
    subject.resources.clock.advance(60 * day);
    await subject.pass(2_000);
    expect(subject.forge.refreshed).toHaveLength(asked);
  });
});
