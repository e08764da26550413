import { describe, expect, it } from '@jest/globals';
import { itemsUntilAborted, untilAborted } from './until-aborted.js';

const never = new Promise<never>(() => undefined);

describe('a promise until its signal aborts', () => {
  it('comes to what it comes to', async () => {
    const { signal } = new AbortController();
    await expect(untilAborted(Promise.resolve(1), signal)).resolves.toBe(1);
    await expect(untilAborted(Promise.reject(new Error('no')), signal)).rejects.toThrow('no');
  });

  it("is left with the signal's reason, before and in the middle", async () => {
    await expect(untilAborted(never, AbortSignal.abort(new Error('before')))).rejects.toThrow('before');
    const controller = new AbortController();
    const left = expect(untilAborted(never, controller.signal)).rejects.toThrow('middle');
    controller.abort(new Error('middle'));
    await left;
  });
});

describe('a listing until its signal aborts', () => {
  /** Counts to three, then hangs; notes whether it was closed. */
  function hanging() {
    const listing = {
      closed: false,
      async *items() {
        try {
          yield* [1, 2, 3];
          await never;
        } finally {
          listing.closed = true;
        }
      },
    };
    return listing;
  }

  it('gives its items and ends', async () => {
    async function* items() {
      yield* [1, 2, 3];
    }
    const seen: number[] = [];
    for await (const item of itemsUntilAborted(items(), new AbortController().signal)) seen.push(item);
    expect(seen).toEqual([1, 2, 3]);
  });

  it('is left at once where it hangs', async () => {
    const controller = new AbortController();
    const seen: number[] = [];
    const reading = (async () => {
      for await (const item of itemsUntilAborted(hanging().items(), controller.signal)) {
        seen.push(item);
        if (item === 3)
          setImmediate(() => {
            controller.abort(new Error('enough'));
          });
      }
    })();
    await expect(reading).rejects.toThrow('enough');
    expect(seen).toEqual([1, 2, 3]);
  });

  it('is closed when its reader leaves', async () => {
    const listing = hanging();
    for await (const _ of itemsUntilAborted(listing.items(), new AbortController().signal)) break;
    await Promise.resolve();
    expect(listing.closed).toBe(true);
  });

  it('passes on how it fails', async () => {
    async function* items() {
      yield 1;
      throw new Error('broken');
    }
    const reading = (async () => {
      for await (const _ of itemsUntilAborted(items(), new AbortController().signal));
    })();
    await expect(reading).rejects.toThrow('broken');
  });
});
