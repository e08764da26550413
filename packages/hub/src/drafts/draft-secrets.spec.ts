import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { DraftBench } from './draft-bench.fixture.js';
import { ada, baseUrl, config, openDraftBench, statuses, step } from './draft-bench.fixture.js';

describe('a secret in a test', () => {
  let bench: DraftBench;
  beforeEach(async () => {
    bench = await openDraftBench();
  });
  afterEach(() => bench.hubs.cleanUp());

  it.each([
    ['address', { baseUrl: 'https://evil.test', oauth: { clientId: 'client' } }, 'https://evil.test'],
    ['client', { baseUrl, oauth: { clientId: 'other' } }, baseUrl],
  ])('that is stored is never sent with another %s', async (_, changed, at) => {
    const { hub, drafts, forge } = bench;
    const { id: gitProviderId } = await hub.gitProviders.create(ada, { name: 'Forge', type: 'fake', config });
    const { id } = await drafts.create(ada, { type: 'fake', gitProviderId });
    await bench.signIn(id);
    expect(statuses(await bench.test(id))).toMatchObject({ client: 'passed', identity: 'passed' });
    forge.asked.length = 0;
    forge.forge.requests.length = 0;

    const moved = await drafts.update('ada', id, { name: 'Forge', config: changed });
    expect(moved).toMatchObject({
      secretsSet: [],
      secretsToRetype: ['oauth.clientSecret'],
      signIn: { kind: 'oauth', usable: false },
    });
    const lines = await bench.test(id);
    expect(step(lines, 'forge')).toMatchObject({ status: 'passed' });
    expect(step(lines, 'client')).toMatchObject({
      status: 'failed',
      detail: expect.stringContaining('Type it again'),
      fields: [{ path: 'config.oauth.clientSecret' }],
    });
    expect(statuses(lines)).toMatchObject({ sign_in: 'skipped', identity: 'skipped' });
    expect(forge.asked).toEqual([{ what: 'probe', at }]);
    expect(forge.forge.requests).toEqual([]);
  });

  it('of a sign-in is not sent elsewhere, and is good again when the draft comes back', async () => {
    const { drafts, forge } = bench;
    const { id } = await bench.newDraft({ name: 'Forge', config: { baseUrl } });
    await drafts.putToken('ada', id, { token: 'access-of-ada' });
    await drafts.update('ada', id, { config: { baseUrl: 'https://evil.test' } });
    const lines = await bench.test(id);
    expect(step(lines, 'sign_in')).toMatchObject({
      status: 'waiting',
      detail: expect.stringContaining('not sent anywhere else'),
    });
    expect(forge.forge.requests).toEqual([]);
    await drafts.update('ada', id, { config: { baseUrl } });
    expect(statuses(await bench.test(id))).toMatchObject({ identity: 'passed' });
  });
});
