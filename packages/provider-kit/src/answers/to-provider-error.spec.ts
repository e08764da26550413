import { inspect } from 'node:util';
import { ProviderError } from '@anyforge/core';
import { describe, expect, it } from '@jest/globals';
import { toProviderError } from './to-provider-error.js';

const failure = new ProviderError('forbidden', 'The forge answered 403', { provider: 'github' });

describe('what an SDK threw', () => {
  it('is our own error where it wrapped one, however deep', () => {
    const wrapped = new Error('request failed', { cause: new TypeError('fetch failed', { cause: failure }) });
    expect(toProviderError('github', failure)).toBe(failure);
    expect(toProviderError('github', wrapped)).toBe(failure);
  });

  it('is the reason of the signal where the call was aborted, whatever was thrown and whatever it is', () => {
    const controller = new AbortController();
    controller.abort('enough');
    const convert = () => toProviderError('github', new Error('wrapped'), controller.signal);
    expect(convert).toThrow('enough');
  });

  it('is an abort that it passed on or wrapped', () => {
    const aborted = new DOMException('stop', 'AbortError');
    expect(toProviderError('github', aborted)).toBe(aborted);
    expect(toProviderError('github', new Error('wrapped', { cause: aborted }))).toBe(aborted);
  });

  it('is told without its text and properties, which may hold the request', () => {
    const leaky = Object.assign(new SyntaxError('Unexpected token in "ghp_s3cret"'), {
      request: { headers: { authorization: 'Bearer ghp_s3cret' } },
    });
    const error = toProviderError('github', leaky);
    expect(error).toMatchObject({ kind: 'invalid_response' });
    expect(error.message).toContain('SyntaxError');
    expect(inspect(error, { depth: 9 }) + JSON.stringify(error)).not.toContain('s3cret');
  });

  it('does not have to be an error, or to end', () => {
    const circle = new Error('circle');
    circle.cause = circle;
    for (const thrown of ['text', undefined, null, 7, circle]) {
      expect(toProviderError('github', thrown)).toMatchObject({ kind: 'invalid_response' });
    }
  });
});
