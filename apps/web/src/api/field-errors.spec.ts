import { ApiError, ApiUnreachable } from '@anyforge/client';
import { describe, expect, it } from '@jest/globals';
import { fieldErrorsOf } from './field-errors.js';

const refused = (fields: readonly string[], code = 'invalid_input') =>
  new ApiError({
    status: 422,
    code,
    title: 'Invalid input',
    detail: 'Some fields are wrong.',
    fields: fields.map((path) => ({ path, message: `${path} is wrong` })),
  });

describe('What is wrong with a form', () => {
  it('stands at its fields, and nowhere else where each is shown', () => {
    expect(fieldErrorsOf(refused(['name', 'url']), ['name', 'url'])).toEqual({
      at: { name: 'name is wrong', url: 'url is wrong' },
      rest: undefined,
    });
  });

  it('stands in the alert, too, where it is about a field that the form does not have', () => {
    const error = refused(['name', 'other']);
    expect(fieldErrorsOf(error, ['name'])).toEqual({ at: { name: 'name is wrong' }, rest: error });
  });

  it('stands at the field that a code is about', () => {
    expect(fieldErrorsOf(refused([], 'duplicate_name'), ['name'], { duplicate_name: 'name' })).toEqual({
      at: { name: 'Some fields are wrong.' },
      rest: undefined,
    });
  });

  it('is left to the alert where it is about no field', () => {
    const error = new ApiUnreachable('no answer');
    expect(fieldErrorsOf(error, ['name'])).toEqual({ at: {}, rest: error });
    expect(fieldErrorsOf(null, ['name']).rest).toBeUndefined();
  });
});
