import { describe, expect, it } from '@jest/globals';
import { resolveHost } from './host.js';
import { giteaPlugin } from './index.js';

describe('the addresses of a Gitea', () => {
  it.each([
    ['https://codeberg.org', 'https://codeberg.org'],
    ['HTTPS://Codeberg.org/', 'https://codeberg.org'],
    ['https://git.acme.example:3000', 'https://git.acme.example:3000'],
    ['https://acme.example/gitea/', 'https://acme.example/gitea'],
  ])('are found from %s', (baseUrl, webUrl) => {
    expect(resolveHost({ baseUrl })).toEqual({ webUrl, apiUrl: `${webUrl}/api/v1` });
    expect(giteaPlugin.create({ baseUrl }).gitUrls).toEqual([`${webUrl}/`]);
  });
});

describe('the configuration', () => {
  it.each([
    ['baseUrl: Give a web address', { baseUrl: 'codeberg.org' }],
    ['baseUrl: Give the address alone', { baseUrl: 'https://me:secret@git.acme.example' }],
    ['baseUrl: Give the address alone', { baseUrl: 'https://git.acme.example/?a=b' }],
    ['baseUrl: Give the web address, not that of the API', { baseUrl: 'https://git.acme.example/api/v1/' }],
    ['baseUrl: Give the web address of Codeberg alone', { baseUrl: 'https://codeberg.org/acme' }],
    ['baseUrl: Codeberg is reached over https', { baseUrl: 'http://codeberg.org' }],
    ['token', { baseUrl: 'https://codeberg.org', token: 'secret' }],
  ])('is refused with the reason "%s"', (reason, config) => {
    const create = () => giteaPlugin.create(config);
    expect(create).toThrow(expect.objectContaining({ kind: 'invalid_config' }));
    expect(create).toThrow(reason);
    expect(create).not.toThrow('secret@');
  });
});

describe('the help', () => {
  it('for tokens links to the page of that very host, and names the scopes', () => {
    const { variants } = giteaPlugin.tokenHelp({ baseUrl: 'https://acme.example/gitea/' });
    expect(variants).toEqual([
      expect.objectContaining({
        createUrl: 'https://acme.example/gitea/user/settings/applications',
        scopes: ['read:user', 'read:organization', 'read:repository'],
      }),
    ]);
  });
});
