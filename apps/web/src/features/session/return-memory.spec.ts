import { describe, expect, it } from '@jest/globals';
import { rememberReturn, takeReturn } from './return-memory.js';

function storageOf(entries: readonly (readonly [string, string])[] = []) {
  const values = new Map(entries);
  return {
    values,
    getItem: (key: string) => values.get(key) ?? null,
    setItem: (key: string, value: string) => {
      values.set(key, value);
    },
    removeItem: (key: string) => {
      values.delete(key);
    },
  };
}

describe('Where one wanted to go before the identity provider', () => {
  it('is told once', () => {
    const storage = storageOf();
    rememberReturn(storage, '/people');
    expect(takeReturn(storage)).toBe('/people');
    expect(takeReturn(storage)).toBeUndefined();
  });

  it('is forgotten when one begins again without', () => {
    const storage = storageOf();
    rememberReturn(storage, '/people');
    rememberReturn(storage, undefined);
    expect(takeReturn(storage)).toBeUndefined();
  });

  it('is nowhere where the browser keeps nothing', () => {
    rememberReturn(undefined, '/people');
    expect(takeReturn(undefined)).toBeUndefined();
  });

  it('is not believed where somebody has put another address there', () => {
    expect(takeReturn(storageOf([['anyforge.return-to', 'https://elsewhere.example']]))).toBeUndefined();
  });
});
