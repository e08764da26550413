import { describe, expect, it } from '@jest/globals';
import { createWorld, startGithubSimulator } from '@anyforge/forge-simulator';
import { createScriptedFetch } from '@anyforge/provider-kit/testing';
import { githubPlugin } from './index.js';

describe('probing an address', () => {
  it('recognizes GitHub.com', async () => {
    const github = await startGithubSimulator({ world: createWorld() });
    const provider = githubPlugin.create({ baseUrl: github.webUrl, apiUrl: github.apiUrl });
    expect(await provider.probe()).toEqual({ product: 'GitHub', version: undefined, apiUrl: github.apiUrl });
    expect(github.log.entries.every(({ credential }) => credential === undefined)).toBe(true);
    await github.close();
  });

  it('recognizes an Enterprise Server and its version, even in private mode', async () => {
    for (const privateMode of [false, true]) {
      const github = await startGithubSimulator({
        world: createWorld(),
        profile: 'enterprise-server',
        privateMode,
      });
      const found = await githubPlugin.create({ baseUrl: github.webUrl }).probe();
      expect(found).toMatchObject({ product: 'GitHub Enterprise Server', apiUrl: `${github.webUrl}/api/v3` });
      expect(found.version !== undefined).toBe(!privateMode);
      await github.close();
    }
  });

  it.each([
    ['a page of HTML', { headers: { 'content-type': 'text/html' }, body: '<html>Welcome to nginx!</html>' }],
    ['an empty page', {}],
    ['another API', { body: { version: '18.5.0' } }],
    ['no such page', { status: 404, body: 'Not here' }],
    ['a sign-in page', { status: 401, body: 'Who are you?' }],
  ])('says so when %s answers', async (_, answer) => {
    const { fetch } = createScriptedFetch(() => answer);
    const provider = githubPlugin.create({ baseUrl: 'https://git.acme.example' }, { fetch });
    await expect(provider.probe()).rejects.toMatchObject({
      kind: 'invalid_response',
      details: { repair: { text: expect.stringContaining('https://git.acme.example') } },
    });
  });

  it('tells of a redirect as what it is', async () => {
    const headers = { location: 'https://git.acme.example/api/v3/meta' };
    const { fetch } = createScriptedFetch(() => ({ status: 301, headers }));
    const provider = githubPlugin.create({ baseUrl: 'http://git.acme.example' }, { fetch });
    await expect(provider.probe()).rejects.toMatchObject({ message: /redirect|another origin|leads/i });
  });
});
