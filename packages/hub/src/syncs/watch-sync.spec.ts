import { setImmediate } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { TestClock } from '../testing/test-clock.js';
import type { Sync } from './sync-view.js';
import type { WatchOptions } from './syncs.js';
import { watchSync } from './watch-sync.js';

const createdAt = new Date('2026-11-20T10:00:00Z');

/** A sync that changes when a test says so. */
class ChangingSync {
  #sync: Sync = { id: 'sync', state: 'running', revision: 1, done: 0, createdAt, tasks: [] };
  #waiting: (() => void) | undefined;
  readonly clock = new TestClock();
  readonly leaving = new AbortController();

  get(): Promise<Sync> {
    return Promise.resolve(this.#sync);
  }

  async changed(_personId: string, _id: string, { after = -1, signal }: WatchOptions = {}): Promise<Sync> {
    while (this.#sync.revision <= after) {
      signal?.throwIfAborted();
      await new Promise<void>((resolve) => {
        this.#waiting = resolve;
        signal?.addEventListener('abort', () => {
          resolve();
        });
      });
    }
    return this.#sync;
  }

  change(end: Pick<Sync, 'finishedAt'> = {}): void {
    this.#sync = { ...this.#sync, ...end, revision: this.#sync.revision + 1 };
    this.#waiting?.();
  }

  watch(after?: number): AsyncGenerator<Sync, void, undefined> {
    const { clock, leaving } = this;
    return watchSync({ syncs: this, clock }, 'ada', 'sync', { after, signal: leaving.signal });
  }
}

describe('a sync that is watched', () => {
  let sync: ChangingSync;

  beforeEach(() => {
    sync = new ChangingSync();
  });

  afterEach(() => {
    sync.leaving.abort();
  });

  it('is told as it is, and after each change until it has ended', async () => {
    const watch = sync.watch();
    expect((await watch.next()).value).toMatchObject({ revision: 1 });
    const second = watch.next();
    sync.clock.advance(250);
    sync.change();
    expect((await second).value).toMatchObject({ revision: 2 });
    const third = watch.next();
    sync.change({ finishedAt: createdAt });
    sync.clock.advance(250);
    expect((await third).value).toMatchObject({ revision: 3 });
    expect((await watch.next()).done).toBe(true);
  });

  it('is told four times a second at most, and the last time always', async () => {
    const watch = sync.watch();
    await watch.next();
    const next = watch.next();
    await setImmediate();
    for (let change = 0; change < 50; change += 1) sync.change();
    sync.clock.advance(249);
    const early = await Promise.race([next.then(() => 'told'), setImmediate('not told')]);
    expect(early).toBe('not told');
    sync.clock.advance(1);
    expect((await next).value).toMatchObject({ revision: 51 });
  });

  it('is told at once when it changes after a while', async () => {
    const watch = sync.watch();
    await watch.next();
    const next = watch.next();
    sync.clock.advance(60_000);
    await setImmediate();
    sync.change();
    expect((await next).value).toMatchObject({ revision: 2 });
  });

  it('is not told again to whoever has seen it', async () => {
    const watch = sync.watch(1);
    const next = watch.next();
    await setImmediate();
    sync.change();
    expect((await next).value).toMatchObject({ revision: 2 });
  });

  it('is told to whoever has seen what was undone since, by a backup', async () => {
    expect((await sync.watch(40).next()).value).toMatchObject({ revision: 1 });
  });

  it('has nothing more to tell to whoever has seen its end', async () => {
    sync.change({ finishedAt: createdAt });
    expect((await sync.watch(2).next()).done).toBe(true);
  });

  it('is watched no more by whoever leaves, while it waits and in between', async () => {
    const watch = sync.watch();
    await watch.next();
    const between = expect(watch.next()).rejects.toThrow('gone');
    sync.leaving.abort(new Error('gone'));
    await between;
    await expect(sync.watch(1).next()).rejects.toThrow('gone');
  });
});
