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

describe('what nobody waits for', () => {
  const missing = { status: 404, body: { type: 'error', error: { message: 'No such repository' } } };

  /** Asks for repositories that there are none of, and counts how many requests are let out. */
  function paced(config: object = {}) {
    const clock = createFakeClock();
    const { fetch, requests } = createScriptedFetch(() => missing);
    const budgets = createSharedBudgets({ clock });
    const bitbucket = bitbucketPlugin.create(
      { baseUrl: 'https://bitbucket.org', oauth: { clientId: 'key-1', clientSecret: 's3cret' }, ...config },
      { fetch, clock, budgets },
    );
    const ask = async (
      credential: Credential,
      key: string,
      times: number,
      background = true,
    ): Promise<number> => {
      const before = requests.length;
      const session = bitbucket.signIn(credential, { key });
      for (let time = 0; time < times; time += 1) {
        await session.repository({ path: 'acme/web' }, { background, maxWaitMs: 0 }).catch(() => undefined);
      }
      return requests.length - before;
    };
    const identify = async (): Promise<number> => {
      const before = requests.length;
      const session = bitbucket.signIn(oauth, { key: 'ada' });
      await session.identity({ background: true, maxWaitMs: 0 }).catch(() => undefined);
      return requests.length - before;
    };
    return { ask, identify, clock };
  }

  it('leaves a tenth of the hourly limit on repositories to all people of the OAuth consumer', async () => {
    const { ask, clock } = paced();
    expect(await ask(oauth, 'ada', 905)).toBe(900);
    expect(await ask(oauth, 'grace', 1)).toBe(0);
    expect(await ask(oauth, 'grace', 200, false)).toBe(200);
    expect(await ask(token, 'ada', 1)).toBe(1);
    await clock.advance(60 * 60 * 1_000);
    expect(await ask(oauth, 'grace', 1)).toBe(1);
  });

  it('counts what people have asked for', async () => {
    const { ask } = paced();
    expect(await ask(oauth, 'ada', 899, false)).toBe(899);
    expect(await ask(oauth, 'ada', 5)).toBe(1);
  });

  it('is not held back for other resources', async () => {
    const { ask, identify } = paced();
    expect(await ask(oauth, 'ada', 905)).toBe(900);
    expect(await identify()).toBeGreaterThan(0);
  });

  it('is not held back by a Bitbucket that is not at bitbucket.org', async () => {
    const { ask } = paced({ baseUrl: 'https://bitbucket.test', apiUrl: 'https://bitbucket.test/2.0' });
    expect(await ask(oauth, 'ada', 905)).toBe(905);
  });
});
