import { describe, expect, it } from '@jest/globals';
import { faultsOf, isComplete, noPassword } from './new-password.js';

const long = 'correct horse battery';

describe('A new password', () => {
  it('is complete when it is long enough and was typed twice', () => {
    expect(isComplete({ password: long, repeated: long })).toBe(true);
  });

  it.each([
    ['is short', { password: 'eleven char', repeated: 'eleven char' }, { isShort: true, differs: false }],
    [
      'is counted by characters',
      { password: '😀😀😀😀😀😀', repeated: '😀😀😀😀😀😀' },
      { isShort: true, differs: false },
    ],
    ['was repeated otherwise', { password: long, repeated: `${long}!` }, { isShort: false, differs: true }],
    ['was not repeated', { password: long, repeated: '' }, { isShort: false, differs: true }],
    ['was not typed', noPassword, { isShort: true, differs: false }],
  ])('is not when it %s', (_, value, faults) => {
    expect(faultsOf(value)).toEqual(faults);
    expect(isComplete(value)).toBe(false);
  });
});
