import { ApiError, ApiUnreachable } from '@anyforge/client';
import { describe, expect, it } from '@jest/globals';
import { isWorthAsking } from './query-client.js';

const answered = (status: number) => new ApiError({ status, code: 'x', title: 'X', detail: 'X' });

describe('A question that failed', () => {
  it.each([400, 401, 403, 404, 409, 422, 429])(
    'is not asked again by itself when the server says no: %d',
    (status) => {
      expect(isWorthAsking(0, answered(status))).toBe(false);
    },
  );

  it('is asked twice more when the server has failed or cannot be reached', () => {
    for (const error of [answered(503), new ApiUnreachable('no answer')]) {
      expect([0, 1, 2].map((failures) => isWorthAsking(failures, error))).toEqual([true, true, false]);
    }
  });

  it('is not asked again when the page itself is wrong', () => {
    expect(isWorthAsking(0, new TypeError('x is undefined'))).toBe(false);
  });
});
