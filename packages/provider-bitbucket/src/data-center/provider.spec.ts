import { describe, expect, it } from '@jest/globals';
import type { ScriptedAnswer } from '@anyforge/provider-kit/testing';
import { createFakeClock, createScriptedFetch } from '@anyforge/provider-kit/testing';
import { bitbucketDataCenterPlugin } from '../index.js';

const baseUrl = 'https://git.example.com/bitbucket/';
const webUrl = 'https://git.example.com/bitbucket';
const bitbucket = { 'x-arequestid': '@1ABC' };

function scripted(answer: ScriptedAnswer) {
  const { fetch, requests } = createScriptedFetch(() => answer);
  const clock = createFakeClock();
  const provider = bitbucketDataCenterPlugin.create({ baseUrl }, { fetch, clock });
  return { provider, requests, clock };
}

describe('probing an address', () => {
  it('tells product, version and where the API is, without a credential', async () => {
    const body = { version: '9.4.1', buildNumber: '9004001', displayName: 'Bitbucket' };
    const { provider, requests } = scripted({ headers: bitbucket, body });
    expect(await provider.probe()).toEqual({
      product: 'Bitbucket Data Center',
      version: '9.4.1',
      apiUrl: `${webUrl}/rest/api/latest`,
    });
    expect(requests.map(({ url }) => url)).toEqual([`${webUrl}/rest/api/latest/application-properties`]);
    expect(requests[0]?.headers.has('authorization')).toBe(false);
  });

  it('knows Bitbucket by its refusal where an administrator lets nobody in', async () => {
    const { provider } = scripted({ status: 401, headers: bitbucket, body: { errors: [] } });
    expect(await provider.probe()).toEqual({
      product: 'Bitbucket Data Center',
      apiUrl: `${webUrl}/rest/api/latest`,
    });
  });

  it.each([
    ['a page', { headers: { 'content-type': 'text/html' }, body: '<html>' }, 'invalid_response'],
    ['another API', { body: { hello: 'world' } }, 'invalid_response'],
    ['a 404', { status: 404 }, 'invalid_response'],
    ['a refusal of something else', { status: 401 }, 'invalid_response'],
    ['a failure', { status: 500 }, 'unavailable'],
    ['a refusal of Bitbucket', { status: 403, headers: bitbucket }, 'forbidden'],
  ] as const)('says of %s what it is', async (_words, answer, kind) => {
    const { provider, clock } = scripted(answer);
    await expect(clock.run(provider.probe())).rejects.toMatchObject({ kind });
  });
});

describe('the configuration', () => {
  it.each([
    ['bitbucket.example.com', 'https://'],
    ['https://user@git.example.com', 'without user name'],
    ['https://bitbucket.org', "the provider type 'bitbucket'"],
    ['https://api.bitbucket.org', "the provider type 'bitbucket'"],
    ['https://github.com', "the provider type 'github'"],
    ['https://www.gitlab.com/acme', "the provider type 'gitlab'"],
    ['https://git.example.com/api/v3', 'neither that of its API'],
    ['https://git.example.com/forge/api/v4/', 'neither that of its API'],
    ['https://git.example.com/bitbucket/projects/ACME', 'neither that of its API'],
    ['https://git.example.com/rest/api/latest', 'neither that of its API'],
  ])('refuses %s in words', (address, words) => {
    expect(() => bitbucketDataCenterPlugin.create({ baseUrl: address })).toThrow(words);
  });

  it('keeps the context path, and names where repositories are cloned from', () => {
    const provider = bitbucketDataCenterPlugin.create({ baseUrl });
    expect([provider.webUrl, provider.gitUrls, provider.oauth]).toEqual([
      webUrl,
      [`${webUrl}/scm/`],
      undefined,
    ]);
  });

  it('says where a token is made and a link is registered', () => {
    const plugin = bitbucketDataCenterPlugin;
    expect(plugin.tokenHelp({ baseUrl }).variants.map(({ createUrl }) => createUrl)).toEqual([
      `${webUrl}/plugins/servlet/access-tokens/manage`,
      `${webUrl}/projects`,
    ]);
    const help = plugin.oauthHelp?.({ baseUrl }, 'https://app.example/callback');
    expect(help?.registerUrl).toBe(`${webUrl}/plugins/servlet/applinks/listApplicationLinks`);
    expect(help?.fields.map(({ value }) => value)).toContain('https://app.example/callback');
  });
});
