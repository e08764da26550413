import { ApiError, ApiUnreachable } from '@anyforge/client';
import { describe, expect, it } from '@jest/globals';
import { isNotThere } from './is-not-there.js';

const parts = { detail: 'No.', title: 'No', type: 'urn:anyforge:problem:x', fields: [] };

describe('Something that an address names', () => {
  it.each([
    ['is gone', { status: 404, code: 'not_found' }],
    ['has an id that nothing can have', { status: 422, code: 'invalid_input' }],
  ])('is not there when it %s', (_, problem) => {
    expect(isNotThere(new ApiError({ ...parts, ...problem }))).toBe(true);
  });

  it.each([
    ['the server is busy', new ApiError({ ...parts, status: 503, code: 'busy' })],
    ['the server cannot be reached', new ApiUnreachable('no answer')],
    ['nothing went wrong', null],
  ])('may be there when %s', (_, error) => {
    expect(isNotThere(error)).toBe(false);
  });
});
