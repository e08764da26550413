import { expect, it } from '@jest/globals';
import { readSetUpCode } from './set-up-code.js';

it('The set-up code is what follows # in the link, with or without the sign', () => {
  expect(readSetUpCode('#code=AB12-CD34')).toBe('AB12-CD34');
  expect(readSetUpCode('code=AB12-CD34')).toBe('AB12-CD34');
});

it('A link without a code has an empty one', () => {
  expect(readSetUpCode('')).toBe('');
});
