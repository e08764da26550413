import { afterEach, describe, expect, it } from '@jest/globals';
import type { GithubSimulator } from '@anyforge/forge-simulator';
import { createWorld, startGithubSimulator } from '@anyforge/forge-simulator';
import { createMemoryResponses } from '@anyforge/provider-kit';
import { githubPlugin } from './index.js';

const running: GithubSimulator[] = [];
afterEach(async () => {
  await Promise.all(running.splice(0).map((github) => github.close()));
});

async function setUp() {
  const world = createWorld();
  const ada = world.addPerson({ username: 'ada' });
  for (let number = 0; number < 300; number += 1)
    world.addRepository({ owner: ada, name: `service-${number}`, visibility: 'private' });
  const github = await startGithubSimulator({ world });
  running.push(github);
  const responses = createMemoryResponses();
  const provider = githubPlugin.create({ baseUrl: github.webUrl, apiUrl: github.apiUrl }, { responses });
  const token = github.tokens.issue({ kind: 'classic', person: ada, scopes: ['repo', 'read:org'] });
  /** What the forge answered to a listing in a session of its own. */
  const list = async (key?: string) => {
    const statuses: number[] = [];
    const names: string[] = [];
    const onEvent = (event: { readonly kind: string; readonly status?: number }): void => {
      if (event.status !== undefined) statuses.push(event.status);
    };
    for await (const { name } of provider
      .signIn({ kind: 'token', token }, { key })
      .repositories({}, { onEvent }))
      names.push(name);
    return { statuses, names };
  };
  return { ada, github, list, provider, token, world };
}

describe('a second synchronization with GitHub', () => {
  it('is told that nothing changed, and lists the same', async () => {
    const { list } = await setUp();
    const first = await list('ada');
    const second = await list('ada');
    expect(first.statuses).toEqual([200, 200, 200]);
    expect(second).toEqual({ statuses: [304, 304, 304], names: first.names });
  });

  it('sees what was added behind full pages', async () => {
    const { ada, list, world } = await setUp();
    await list('ada');
    for (let number = 0; number < 60; number += 1)
      world.addRepository({ owner: ada, name: `zzz-${number}`, visibility: 'private' });
    const { names } = await list('ada');
    expect(names).toHaveLength(360);
  });

  it('finds nothing where its sessions have no name', async () => {
    const { list } = await setUp();
    await list();
    expect((await list()).statuses).toEqual([200, 200, 200]);
  });

  it('tells the scopes that the credential has now', async () => {
    const { ada, github, provider, token } = await setUp();
    const identity = async (current: string) =>
      (await provider.signIn({ kind: 'token', token: current }, { key: 'ada' }).identity()).scopes;
    expect(await identity(token)).toEqual(['read:org', 'repo']);
    expect(await identity(token)).toEqual(['read:org', 'repo']);
    const narrower = github.tokens.issue({ kind: 'classic', person: ada, scopes: ['repo'] });
    expect(await identity(narrower)).toEqual(['repo']);
  });
});
