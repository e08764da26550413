import { describe, expect, it } from '@jest/globals';
import { resolveHost } from './host.js';
import { gitlabPlugin } from './index.js';

describe('the addresses of a GitLab', () => {
  it.each([
    ['https://gitlab.com', 'https://gitlab.com', true],
    ['HTTPS://GitLab.com/', 'https://gitlab.com', true],
    ['https://git.acme.example:8443', 'https://git.acme.example:8443', false],
    ['https://acme.example/gitlab/', 'https://acme.example/gitlab', false],
    ['https://notgitlab.com', 'https://notgitlab.com', false],
  ])('are found from %s', (baseUrl, webUrl, isGitlabCom) => {
    expect(resolveHost({ baseUrl })).toEqual({ webUrl, isGitlabCom, apiUrl: `${webUrl}/api/v4` });
    expect(gitlabPlugin.create({ baseUrl }).gitUrls).toEqual([`${webUrl}/`]);
  });
});

describe('the configuration', () => {
  it.each([
    ['baseUrl: Give a web address', { baseUrl: 'gitlab.com' }],
    ['baseUrl: Give the address alone', { baseUrl: 'https://me:secret@gitlab.com' }],
    ['baseUrl: Give the address alone', { baseUrl: 'https://gitlab.com/?a=b' }],
    ["baseUrl: Give GitLab's web address", { baseUrl: 'https://git.acme.example/api/v4/' }],
    ['baseUrl: The web address of GitLab.com', { baseUrl: 'https://www.gitlab.com' }],
    ['baseUrl: Give the web address of GitLab.com alone', { baseUrl: 'https://gitlab.com/acme' }],
    ['baseUrl: GitLab.com is reached over https', { baseUrl: 'http://gitlab.com' }],
    ['token', { baseUrl: 'https://gitlab.com', token: 'secret' }],
  ])('is refused with the reason "%s"', (reason, config) => {
    const create = () => gitlabPlugin.create(config);
    expect(create).toThrow(expect.objectContaining({ kind: 'invalid_config' }));
    expect(create).toThrow(reason);
    expect(create).not.toThrow('secret@');
  });

  it('can be rendered as a form', () => {
    expect(gitlabPlugin.config.jsonSchema).toMatchObject({
      required: ['baseUrl'],
      additionalProperties: false,
      properties: { baseUrl: { type: 'string', title: 'Base URL' } },
    });
  });
});

describe('the help', () => {
  it('for tokens links to the page of that very host, with name and scopes filled in', () => {
    const [variant] = gitlabPlugin.tokenHelp({ baseUrl: 'https://acme.example/gitlab/' }).variants;
    const url = new URL(variant?.createUrl ?? '');
    expect(url.origin + url.pathname).toBe(
      'https://acme.example/gitlab/-/user_settings/personal_access_tokens',
    );
    expect(Object.fromEntries(url.searchParams)).toEqual({
      name: 'anyforge',
      scopes: 'read_api,read_repository',
    });
  });
});
