import { describe, expect, it } from '@jest/globals';
import { createScriptedFetch } from '@anyforge/provider-kit/testing';
import { bitbucketPlugin } from './plugin.js';

const config = { baseUrl: 'https://bitbucket.org' };

describe('a Bitbucket', () => {
  it('has its API where Bitbucket has it, and no OAuth without a consumer', () => {
    const { webUrl, gitUrls, oauth } = bitbucketPlugin.create({ baseUrl: 'https://bitbucket.org/' });
    expect({ webUrl, gitUrls, oauth }).toEqual({
      webUrl: 'https://bitbucket.org',
      gitUrls: ['https://bitbucket.org/'],
      oauth: undefined,
    });
  });

  it.each([
    ['its API', { baseUrl: 'https://api.bitbucket.org' }],
    ['a workspace', { baseUrl: 'https://bitbucket.org/acme' }],
    ['plain http', { baseUrl: 'http://bitbucket.org' }],
    ['an API elsewhere', { ...config, apiUrl: 'https://elsewhere.example/2.0' }],
    ['another host without an API', { baseUrl: 'https://git.example.com' }],
    ['a consumer without a secret', { ...config, oauth: { clientId: 'key' } }],
    ['a key of another name', { ...config, token: 'secret' }],
  ])('is refused with %s for its address', (_, wrong) => {
    // @ts-expect-error some of them are not even of the type
    expect(() => bitbucketPlugin.create(wrong)).toThrow(expect.objectContaining({ kind: 'invalid_config' }));
  });

  it.each([
    [
      'another address without its API',
      { baseUrl: 'https://git.acme.example' },
      /baseUrl: .*Data Center is a type/,
    ],
    ['an API of its own', { ...config, apiUrl: 'https://elsewhere.example/2.0' }, /apiUrl: .*leave this out/],
    [
      'no secret',
      { ...config, oauth: { clientId: 'key' } },
      /oauth.clientSecret: Give the consumer's secret/,
    ],
    [
      'a key with a space',
      { ...config, oauth: { clientId: 'a b', clientSecret: 's' } },
      /oauth.clientId: Give/,
    ],
  ])('says in words what is wrong with %s', (_, wrong, words) => {
    // @ts-expect-error one of them lacks what the type demands
    expect(() => bitbucketPlugin.create(wrong)).toThrow(words);
  });

  it.each([
    ['in its own words', { body: { type: 'error', error: { message: 'Sign in.' } } }],
    ['by its challenge', { headers: { 'www-authenticate': 'Basic realm="bitbucket.org HTTP"' }, body: '' }],
  ])('is found by its refusal, %s', async (_, answer) => {
    const { fetch, requests } = createScriptedFetch([{ status: 401, ...answer }]);
    const provider = bitbucketPlugin.create(config, { fetch });
    const apiUrl = 'https://api.bitbucket.org/2.0';
    expect(await provider.probe()).toEqual({ product: 'Bitbucket Cloud', version: undefined, apiUrl });
    expect(requests.map(({ url }) => url)).toEqual([`${apiUrl}/user`]);
  });

  it.each([
    ['a page', { status: 200, headers: { 'content-type': 'text/html' }, body: '<!DOCTYPE html>' }],
    ["another forge's refusal", { status: 401, body: '{"message":"401 Unauthorized"}' }],
    ['nothing', { status: 404, body: '' }],
  ])('is not taken for one when it answers %s', async (_, answer) => {
    const { fetch } = createScriptedFetch([answer]);
    const provider = bitbucketPlugin.create(config, { fetch });
    await expect(provider.probe()).rejects.toMatchObject({
      kind: 'invalid_response',
      details: { repair: { text: expect.stringContaining('Data Center') } },
    });
  });
});

describe('the plugin', () => {
  it('marks the secret of the consumer in its JSON Schema', () => {
    expect(bitbucketPlugin.config.jsonSchema).toMatchObject({
      properties: { oauth: { properties: { clientSecret: { writeOnly: true } } } },
      additionalProperties: false,
    });
  });

  it('tells how to come to a token, and to a consumer', () => {
    const { variants } = bitbucketPlugin.tokenHelp(config);
    expect(variants.map(({ username }) => username)).toEqual(['required', 'none']);
    expect(variants[0]).toMatchObject({
      usernameLabel: expect.stringContaining('E-mail'),
      scopes: ['read:user:bitbucket', 'read:workspace:bitbucket', 'read:repository:bitbucket'],
    });
    const help = bitbucketPlugin.oauthHelp?.(config, 'https://app.example/callback');
    expect(help?.fields).toContainEqual({
      label: 'Callback URL',
      value: 'https://app.example/callback',
      copy: true,
    });
  });
});
