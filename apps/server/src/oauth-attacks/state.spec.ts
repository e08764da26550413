import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { ApiClient } from '../testing/api-client.js';
import { addOAuthProvider } from '../testing/oauth-forges.js';
import { signInAs } from '../testing/sign-in.js';
import { beginSignIn, land, standing } from '../testing/sign-in-at-forge.js';
import type { AttackBench } from './attack-bench.fixture.js';
import {
  exchanges,
  expectFailed,
  expectRefused,
  openAttackBench,
  withState,
} from './attack-bench.fixture.js';

const draft = z.object({ id: z.string() });

let bench: AttackBench;
beforeEach(async () => {
  bench = await openAttackBench('gitlab');
});
afterEach(() => bench.close());

describe('a state that is replayed', () => {
  it('is refused, and exchanges nothing again', async () => {
    const { id, callbackUrl } = await bench.consented(bench.ada, 'ada');
    expect((await land(bench.ada, callbackUrl)).signInId).toBe(id);
    expectRefused(await land(bench.ada, callbackUrl), 'sign_in_used');
    expect(exchanges(bench.forge)).toBe(1);
  });

  it('is refused with the code of another consent', async () => {
    const { callbackUrl, state } = await bench.consented(bench.ada, 'ada');
    await land(bench.ada, callbackUrl);
    await bench.ada.delete(`/api/v1/git-providers/${bench.provider.id}/connection`);
    const other = await bench.consented(bench.eve, 'eve');
    expectRefused(await land(bench.ada, withState(other.callbackUrl, state)), 'sign_in_used');
    await bench.expectNothingStored();
  });

  it('is refused for all but one of those who bring it at once', async () => {
    const { callbackUrl } = await bench.consented(bench.ada, 'ada');
    const landings = await Promise.all(Array.from({ length: 5 }, () => land(bench.ada, callbackUrl)));
    expect(landings.filter(({ problem }) => problem === undefined)).toHaveLength(1);
    expect(exchanges(bench.forge)).toBe(1);
  });
});

describe('a callback that somebody only looks at', () => {
  it.each(['in the same browser', 'without a session'])(
    'is left for the browser it is for: %s',
    async (where) => {
      const { ada, server } = bench;
      const { id, callbackUrl } = await bench.consented(ada, 'ada');
      const { pathname, search } = new URL(callbackUrl);
      const looker = where === 'without a session' ? new ApiClient(server.url) : ada;
      const looked = await looker.send('HEAD', `${pathname}${search}`);
      expect([looked.status, looked.headers.get('allow')]).toEqual([405, 'GET, OPTIONS']);
      expect(await standing(ada, id)).toMatchObject({ state: 'pending' });
      expect(exchanges(bench.forge)).toBe(0);
      await land(ada, callbackUrl);
      expect(await standing(ada, id)).toMatchObject({ state: 'succeeded' });
    },
  );
});

describe('a callback from a page of the forge', () => {
  it.each(['null', 'https://forge.example'])(
    'is read, whatever Origin the browser tells: %s',
    async (origin) => {
      const { id, callbackUrl } = await bench.consented(bench.ada, 'ada');
      const { pathname, search } = new URL(callbackUrl);
      const reply = await bench.ada.get(`${pathname}${search}`, { origin });
      expect(reply.status).toBe(303);
      const page = await bench.ada.get(reply.headers.get('location') ?? '', { origin });
      expect(page.text).toContain('You are signed in');
      expect(await bench.ada.get(`/api/v1/sign-ins/${id}`, { origin })).toMatchObject({
        status: 403,
        body: { code: 'foreign_origin' },
      });
    },
  );
});

describe('a state that belongs elsewhere', () => {
  it('is refused when it is another person’s', async () => {
    const { id, callbackUrl } = await bench.consented(bench.ada, 'ada');
    expectRefused(await land(bench.eve, callbackUrl), 'sign_in_foreign');
    expectRefused(await land(bench.ada, callbackUrl), 'sign_in_used');
    await expectFailed(bench.ada, id, 'sign_in_foreign');
    expect(exchanges(bench.forge)).toBe(0);
    await bench.expectNothingStored();
  });

  it('is refused in another browser of the same person', async () => {
    const { id, callbackUrl } = await bench.consented(bench.ada, 'ada');
    expectRefused(await land(await signInAs(bench.server, 'ada'), callbackUrl), 'sign_in_foreign');
    await expectFailed(bench.ada, id, 'sign_in_foreign');
    await bench.expectNothingStored();
  });

  it('is refused in a browser where nobody is signed in', async () => {
    const { id, callbackUrl } = await bench.consented(bench.ada, 'ada');
    expectRefused(await land(new ApiClient(bench.server.url), callbackUrl), 'sign_in_foreign');
    await expectFailed(bench.ada, id, 'sign_in_foreign');
    await bench.expectNothingStored();
  });

  it('is refused from a program of the same person', async () => {
    const { callbackUrl } = await bench.consented(bench.ada, 'ada');
    const program = await bench.server.apiToken(bench.ada, ['manage']);
    expectRefused(await land(program, callbackUrl), 'sign_in_foreign');
    await bench.expectNothingStored();
  });

  it('is refused at the callback address of another git provider', async () => {
    const { server, forge, ada } = bench;
    const other = await addOAuthProvider(server.api, server.publicUrl, forge, 'Other');
    const { id, callbackUrl } = await bench.consented(ada, 'ada');
    expectRefused(await land(ada, callbackUrl.replace(bench.provider.id, other.id)), 'sign_in_foreign');
    await expectFailed(ada, id, 'sign_in_foreign');
    expect(exchanges(forge)).toBe(0);
    await bench.expectNothingStored();
    await bench.expectNothingStored(other.id);
  });

  it('never makes a connection when it is for the test of a draft', async () => {
    const { server, forge, provider } = bench;
    const input = { type: forge.type, gitProviderId: provider.id };
    const { id: draftId } = draft.parse((await server.api.post('/api/v1/git-provider-drafts', input)).body);
    const started = await server.api.post(`/api/v1/git-provider-drafts/${draftId}/sign-ins`, {});
    const { authorizationUrl, id } = z
      .object({ authorizationUrl: z.string(), id: z.string() })
      .parse(started.body);
    const callbackUrl = await forge.simulator.oauth.approve(authorizationUrl, { person: forge.ada });
    await land(server.api, callbackUrl);
    expect(await standing(server.api, id)).toMatchObject({ state: 'succeeded' });
    await bench.expectNothingStored();
  });

  it.each(['', 'state=', 'state=guessed', 'state=one&state=two'])('is not known: %j', async (query) => {
    const { provider, ada } = bench;
    await beginSignIn(ada, provider.id);
    const callbackUrl = `${bench.server.publicUrl}/oauth/callback/${provider.id}?code=some&${query}`;
    expectRefused(await land(ada, callbackUrl), 'sign_in_unknown');
    await bench.expectNothingStored();
  });
});
