import type { Credential } from '@anyforge/core';
import { ProviderError } from '@anyforge/core';
import { createSharedBudgets } from '@anyforge/provider-kit';
import { createFakeClock, createScriptedFetch } from '@anyforge/provider-kit/testing';
import { describe, expect, it } from '@jest/globals';
import { bitbucketPlugin } from './plugin.js';

const refusal = {
  status: 429,
  body: { type: 'error', error: { message: 'Rate limit for this resource has been exceeded' } },
};
const user = { body: { uuid: '{6d6b}', nickname: 'ada', display_name: 'Ada' } };

/** A Bitbucket that refuses the first request and answers the others. */
function limited() {
  const clock = createFakeClock();
  const { fetch, requests } = createScriptedFetch((_, index) => (index === 0 ? refusal : user));
  const budgets = createSharedBudgets({ clock });
  const ask = (key: string, clientId: string, credential: Credential): Promise<string> => {
    const config = { baseUrl: 'https://bitbucket.org', oauth: { clientId, clientSecret: 's3cret' } };
    return bitbucketPlugin
      .create(config, { fetch, clock, budgets })
      .signIn(credential, { key })
      .identity({ maxWaitMs: 0 })
      .then(
        () => 'answered',
        (error: unknown) => (ProviderError.is(error) ? error.kind : 'no refusal'),
      );
  };
  return { ask, requests };
}

const oauth: Credential = { kind: 'oauth', accessToken: 'an-access-token' };
const token: Credential = { kind: 'token', username: 'ada@acme.example', token: 'ATATT3x' };

describe('a refusal for too many requests', () => {
  it('holds for all accounts of an OAuth consumer', async () => {
    const { ask, requests } = limited();
    expect(await ask('ada', 'key-1', oauth)).toBe('rate_limited');
    expect(await ask('grace', 'key-1', oauth)).toBe('rate_limited');
    expect(requests).toHaveLength(1);
  });

  it('holds neither for those of another consumer nor for tokens', async () => {
    const { ask } = limited();
    expect(await ask('ada', 'key-1', oauth)).toBe('rate_limited');
    expect(await ask('grace', 'key-2', oauth)).toBe('answered');
    expect(await ask('ada', 'key-1', token)).toBe('answered');
  });

  it('of a token holds for its account alone', async () => {
    const { ask } = limited();
    expect(await ask('ada', 'key-1', token)).toBe('rate_limited');
    expect(await ask('ada', 'key-1', token)).toBe('rate_limited');
    expect(await ask('grace', 'key-1', token)).toBe('answered');
  });
});
