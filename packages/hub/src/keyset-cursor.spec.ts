import { describe, expect, it } from '@jest/globals';
import { readCursor, writeCursor } from './keyset-cursor.js';

const anything = (keys: readonly unknown[]) => (keys.length > 0 ? keys : undefined);

describe('the cursor of a list', () => {
  it('comes back as it was written', () => {
    const keys = ['acme/web', 12, -9e15, null, ''];
    expect(readCursor(writeCursor(keys), anything)).toEqual(keys);
  });

  it.each<[string, unknown]>([
    ['a fraction', [1.5, 'x']],
    ['a number beyond what is counted exactly', [1e300, 'x']],
    ['a text with NUL', [1, '\u0000']],
    ['half of a surrogate pair', [1, '\ud800']],
    ['a truth value', [true]],
    ['a list', [[1]]],
    ['no list', { 0: 1 }],
  ])('is refused when it has %s, which no database is asked for', (_, keys) => {
    const cursor = Buffer.from(JSON.stringify(keys)).toString('base64url');
    expect(() => readCursor(cursor, anything)).toThrow(
      expect.objectContaining({
        kind: 'invalid_input',
        issues: [expect.objectContaining({ path: 'cursor' })],
      }),
    );
  });

  it.each(['', '%', 'bm9uc2Vuc2U'])('is refused when it is no cursor: %j', (cursor) => {
    expect(() => readCursor(cursor, anything)).toThrow(expect.objectContaining({ kind: 'invalid_input' }));
  });
});
