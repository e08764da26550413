import { describe, expect, it } from '@jest/globals';
import { inspect } from 'node:util';
import { errorPolicies, errorPolicy, ProviderError } from './errors.js';

const secret = 'ghp_never_to_be_seen';

describe('ProviderError', () => {
  it('tells by its kind whether the same call may succeed later', () => {
    expect(new ProviderError('unavailable', 'Down.', { provider: 'github' }).retryable).toBe(true);
    expect(new ProviderError('unauthenticated', 'Who?', { provider: 'github' }).retryable).toBe(false);
  });

  it('is recognized across two copies of the package', () => {
    const fromOtherCopy = Object.assign(new Error('elsewhere'), {
      [Symbol.for('anyforge.ProviderError')]: true,
    });
    expect(ProviderError.is(fromOtherCopy)).toBe(true);
    expect(ProviderError.is(new Error('plain'))).toBe(false);
    expect(ProviderError.is(undefined)).toBe(false);
  });

  it('keeps its cause for a debugger and shows it to no log', () => {
    const cause = new Error(`authorization: ${secret}`);
    const error = new ProviderError('network', 'No route.', { provider: 'github', cause });
    expect(error.details.cause).toBe(cause);
    const shown = [inspect(error, { depth: 10 }), JSON.stringify(error), String(error), error.stack];
    for (const text of shown) expect(text).not.toContain(secret);
  });

  it('serializes what a person needs', () => {
    const error = new ProviderError('not_found', 'No such repository.', {
      provider: 'github',
      status: 404,
      repair: { text: 'Check the path.' },
    });
    expect(JSON.parse(JSON.stringify(error))).toEqual({
      name: 'ProviderError',
      kind: 'not_found',
      message: 'No such repository.',
      details: { provider: 'github', status: 404, repair: { text: 'Check the path.' } },
    });
  });
});

describe('errorPolicy', () => {
  it('treats a kind that it does not know as unavailable', () => {
    expect(errorPolicy('from_the_future')).toBe(errorPolicies.unavailable);
    expect(errorPolicy('toString')).toBe(errorPolicies.unavailable);
    expect(errorPolicy('rate_limited')).toEqual({ retryable: true, status: 429 });
  });

  it('names an HTTP error status for every kind', () => {
    const statuses = Object.values(errorPolicies).map(({ status }) => status);
    expect(statuses.every((status) => status >= 400 && status < 600)).toBe(true);
  });
});
