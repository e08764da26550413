import { expect, it } from '@jest/globals';
import { rememberLeaving, takeLeaving } from './leave-memory.js';

it('That the page began anew for somebody else is told once', () => {
  const values = new Map<string, string>();
  const storage = {
    getItem: (key: string) => values.get(key) ?? null,
    setItem: (key: string, value: string) => {
      values.set(key, value);
    },
    removeItem: (key: string) => {
      values.delete(key);
    },
  };
  expect(takeLeaving(storage)).toBe(false);
  rememberLeaving(storage);
  expect([takeLeaving(storage), takeLeaving(storage)]).toEqual([true, false]);
});

it('Where the browser keeps nothing the page begins anew all the same', () => {
  rememberLeaving(undefined);
  expect(takeLeaving(undefined)).toBe(false);
});
