import { describe, expect, it } from '@jest/globals';
import { githubPlugin } from './index.js';
import { resolveHost } from './host.js';

describe('the addresses of a GitHub', () => {
  it.each([
    ['https://github.com', 'https://api.github.com', 'GitHub', '2026-03-10'],
    ['https://github.com/', 'https://api.github.com', 'GitHub', '2026-03-10'],
    ['https://acme.ghe.com', 'https://api.acme.ghe.com', 'GitHub Enterprise Cloud', '2026-03-10'],
    ['https://evilghe.com', 'https://evilghe.com/api/v3', 'GitHub Enterprise Server', '2022-11-28'],
    [
      'https://git.acme.example:8443/',
      'https://git.acme.example:8443/api/v3',
      'GitHub Enterprise Server',
      '2022-11-28',
    ],
  ])('are found from %s', (baseUrl, apiUrl, product, apiVersion) => {
    expect(resolveHost({ baseUrl })).toEqual({
      webUrl: new URL(baseUrl).origin,
      apiUrl,
      product,
      apiVersion,
    });
  });

  it('may be given apart', () => {
    const apart = { baseUrl: 'https://web.example', apiUrl: 'https://api.example/' };
    expect(resolveHost(apart)).toMatchObject({ apiUrl: 'https://api.example', product: 'GitHub' });
    const prefixed = { ...apart, apiUrl: 'https://api.example/api/v3/' };
    expect(resolveHost(prefixed)).toMatchObject({
      apiUrl: 'https://api.example/api/v3',
      product: 'GitHub Enterprise Server',
    });
  });

  it('say where repositories are cloned from', () => {
    expect(githubPlugin.create({ baseUrl: 'https://github.com/' }).gitUrls).toEqual(['https://github.com/']);
  });
});

describe('the configuration', () => {
  it.each([
    ['baseUrl: Give a web address', { baseUrl: 'github.com' }],
    ['baseUrl: Give a web address', { baseUrl: 'ftp://github.com' }],
    ['baseUrl: Give the address alone', { baseUrl: 'https://me:secret@github.com' }],
    ['baseUrl: Give the address alone', { baseUrl: 'https://github.com/?a=b' }],
    ["baseUrl: Give GitHub's web address alone", { baseUrl: 'https://git.acme.example/api/v3' }],
    ["baseUrl: Give GitHub's web address alone", { baseUrl: 'https://github.com/acme' }],
    ['baseUrl: The web address of GitHub.com is https://github.com', { baseUrl: 'https://www.github.com' }],
    ['baseUrl: The web address of GitHub.com is https://github.com', { baseUrl: 'https://api.github.com' }],
    ['baseUrl: GitHub.com and ghe.com are reached', { baseUrl: 'https://github.com:8443' }],
    [
      'apiUrl: The address of the API of GitHub.com',
      { baseUrl: 'https://github.com', apiUrl: 'https://evil.example' },
    ],
    ['baseUrl: GitHub.com and ghe.com are reached over https', { baseUrl: 'http://github.com' }],
    ['apiUrl: Give a web address', { baseUrl: 'https://github.com', apiUrl: 'api' }],
    ['token', { baseUrl: 'https://github.com', token: 'secret' }],
  ])('is refused with the reason "%s"', (reason, config) => {
    const create = () => githubPlugin.create(config);
    expect(create).toThrow(expect.objectContaining({ kind: 'invalid_config' }));
    expect(create).toThrow(reason);
    expect(create).not.toThrow('secret@');
  });

  it('can be rendered as a form', () => {
    expect(githubPlugin.config.jsonSchema).toMatchObject({
      type: 'object',
      required: ['baseUrl'],
      additionalProperties: false,
      properties: { baseUrl: { type: 'string', title: 'Base URL' }, apiUrl: { type: 'string' } },
    });
  });
});

it('takes an address in whatever case', () => {
  expect(githubPlugin.create({ baseUrl: 'HTTPS://GitHub.com' }).webUrl).toBe('https://github.com');
});

describe('the help for tokens', () => {
  it('links to the page of that very host, with the scopes pre-selected', () => {
    const [classic, fineGrained] = githubPlugin.tokenHelp({ baseUrl: 'https://git.acme.example/' }).variants;
    const url = new URL(classic?.createUrl ?? '');
    expect(url.origin + url.pathname).toBe('https://git.acme.example/settings/tokens/new');
    expect(url.searchParams.get('scopes')).toBe('repo,read:org,read:user');
    expect(fineGrained?.createUrl).toMatch('https://git.acme.example/settings/personal-access-tokens/new');
  });
});
