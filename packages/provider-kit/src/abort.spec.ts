import { getEventListeners, getMaxListeners, setMaxListeners } from 'node:events';
import { describe, expect, it } from '@jest/globals';
import { abortable, linkAbort } from './abort.js';

describe('a linked signal', () => {
  it('aborts with the reason of the first signal that does', () => {
    const [one, other] = [new AbortController(), new AbortController()];
    const linked = linkAbort(one.signal, undefined, null, other.signal);
    other.abort('second');
    one.abort('first');
    expect(linked.signal.reason).toBe('second');
  });

  it('is aborted from the start where one of them is', () => {
    expect(linkAbort(AbortSignal.abort('before')).signal.reason).toBe('before');
  });

  it('leaves nothing on the signals it followed', () => {
    const { signal } = new AbortController();
    const linked = linkAbort(signal);
    expect(getEventListeners(signal, 'abort')).toHaveLength(1);
    linked.unlink();
    expect(getEventListeners(signal, 'abort')).toHaveLength(0);
  });

  it('lets any number follow one signal without a warning', () => {
    const { signal } = new AbortController();
    const linked = [linkAbort(signal), linkAbort(signal)];
    // Node 22 and newer set no limit to begin with, which they write as 0.
    for (const one of [signal, ...linked.map((link) => link.signal)])
      expect([0, Infinity]).toContain(getMaxListeners(one));
  });

  it('leaves the limit of listeners as the owner of a signal has set it', () => {
    const { signal } = new AbortController();
    setMaxListeners(25, signal);
    linkAbort(signal);
    expect(getMaxListeners(signal)).toBe(25);
  });
});

describe('abortable work', () => {
  it('settles as the work does, and leaves nothing on the signal', async () => {
    const { signal } = new AbortController();
    await expect(abortable(Promise.resolve(1), signal)).resolves.toBe(1);
    await expect(abortable(Promise.reject(new Error('broken')), signal)).rejects.toThrow('broken');
    expect(getEventListeners(signal, 'abort')).toHaveLength(0);
  });

  it('rejects with the reason at once, and swallows what the work does later', async () => {
    const controller = new AbortController();
    let fail: (error: Error) => void = () => undefined;
    const work = abortable(new Promise((_, reject) => (fail = reject)), controller.signal);
    controller.abort('enough');
    await expect(work).rejects.toBe('enough');
    fail(new Error('late'));
    await new Promise((resolve) => setImmediate(resolve));
  });
});
