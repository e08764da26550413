import { expect, it } from '@jest/globals';
import { keepingWhatFits } from './tab-storage.js';

it('What a tab has no room for is not kept, and nothing fails for it', () => {
  const values = new Map([['place', 'before']]);
  const full = {
    getItem: (key: string) => values.get(key) ?? null,
    setItem: (): never => {
      throw new DOMException('The quota has been exceeded.', 'QuotaExceededError');
    },
    removeItem: (key: string) => {
      values.delete(key);
    },
  };
  const storage = keepingWhatFits(full);
  storage.setItem('place', 'now');
  expect(storage.getItem('place')).toBeNull();
});
