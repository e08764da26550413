import { ApiError, ApiUnreachable } from '@anyforge/client';
import { describe, expect, it } from '@jest/globals';
import { english } from '../texts/en/index.js';
import { explainProblem } from './explain-problem.js';

const parts = {
  status: 409,
  code: 'settings_changed',
  title: 'Settings changed',
  detail: 'Load them again.',
};

describe('What is said of something that went wrong', () => {
  it('is what the server says, with its repair and the time to try again', () => {
    const repair = { text: 'Sign in to it.', url: 'https://forge.example/sso' };
    const retryAt = new Date('2026-11-21T12:00:00Z');
    expect(explainProblem(new ApiError({ ...parts, repair, retryAt, requestId: 'r1' }), english)).toEqual({
      message: 'Load them again.',
      repair,
      retryAt,
      requestId: undefined,
    });
  });

  it('names the request only where the server has failed, so that its operator finds it in the log', () => {
    const error = new ApiError({ ...parts, status: 500, code: 'internal', requestId: 'r1' });
    expect(explainProblem(error, english).requestId).toBe('r1');
  });

  it('holds what is wrong with fields that no form shows', () => {
    const fields = [{ path: 'a', message: 'It is too long.' }];
    expect(explainProblem(new ApiError({ ...parts, fields }), english).message).toBe(
      'Load them again. It is too long.',
    );
  });

  it('does not say twice what the detail says already', () => {
    const fields = [{ path: 'a', message: 'Load them again.' }];
    expect(explainProblem(new ApiError({ ...parts, fields }), english).message).toBe('Load them again.');
  });

  it.each([
    [new ApiUnreachable('no answer'), english.problems.unreachable],
    [new ApiError({ ...parts, status: 502, code: 'unexpected_answer' }), english.problems.unreadable],
    [new ApiError({ ...parts, status: 401, code: 'not_signed_in' }), english.problems.signedOut],
    [new TypeError('x is undefined'), english.problems.unexpected],
    ['a text', english.problems.unexpected],
  ])('is for people, also of what the server could not say: %s', (error, message) => {
    expect(explainProblem(error, english).message).toBe(message);
  });
});
