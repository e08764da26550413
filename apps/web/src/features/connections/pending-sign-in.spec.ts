import { describe, expect, it } from '@jest/globals';
import { createPendingSignIn } from './pending-sign-in.js';

function createStorage() {
  const items = new Map<string, string>();
  return {
    getItem: (key: string) => items.get(key) ?? null,
    setItem: (key: string, value: string) => void items.set(key, value),
    removeItem: (key: string) => void items.delete(key),
  };
}

describe('the sign-in that a tab waits for', () => {
  it('is remembered by the next load of the page', () => {
    const storage = createStorage();
    createPendingSignIn(storage).remember('one');
    expect(createPendingSignIn(storage).read()).toBe('one');
  });

  it('is forgotten once it has ended', () => {
    const pending = createPendingSignIn(createStorage());
    pending.remember('one');
    pending.forget('one');
    expect(pending.read()).toBeUndefined();
  });

  it('is not forgotten because an earlier one has ended', () => {
    const pending = createPendingSignIn(createStorage());
    pending.remember('two');
    pending.forget('one');
    expect(pending.read()).toBe('two');
  });

  it('is not missed where the browser keeps nothing', () => {
    const pending = createPendingSignIn(undefined);
    pending.remember('one');
    expect(pending.read()).toBeUndefined();
  });
});
