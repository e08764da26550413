import { describe, expect, it } from '@jest/globals';
import { mergeSecrets, secretPaths, splitSecrets } from './config-secrets.js';

const secret = { type: 'string', writeOnly: true };

const schema = {
  type: 'object',
  properties: {
    baseUrl: { type: 'string' },
    token: secret,
    oauth: { $ref: '#/$defs/oauth' },
    mirrors: {
      type: 'array',
      items: { type: 'object', properties: { url: { type: 'string' }, password: secret } },
    },
    keys: { type: 'array', items: secret },
    proxy: { anyOf: [{ type: 'null' }, { allOf: [{ properties: { password: secret } }] }] },
    headers: { type: 'object', additionalProperties: secret },
    whole: { type: 'object', writeOnly: true },
  },
  $defs: {
    oauth: {
      type: 'object',
      properties: { clientId: { type: 'string' }, clientSecret: secret, next: { $ref: '#/$defs/oauth' } },
    },
  },
};

const config = {
  baseUrl: 'https://forge.test',
  token: 'canary-1',
  oauth: { clientId: 'id', clientSecret: 'canary-2', next: { clientId: 'id', clientSecret: 'canary-3' } },
  mirrors: [{ url: 'a' }, { url: 'b', password: 'canary-4' }],
  keys: ['canary-5', 'canary-6'],
  proxy: { host: 'proxy', password: 'canary-7' },
  headers: { authorization: 'canary-8' },
  whole: { anything: 'canary-9' },
};

describe('the secrets of a config', () => {
  it('are parted wherever the schema marks them, and nothing else is', () => {
    const { shown, secrets } = splitSecrets(schema, config);
    expect(JSON.stringify(shown)).not.toContain('canary');
    expect(JSON.stringify(secrets).match(/canary-\d/g)).toHaveLength(9);
    expect(shown).toMatchObject({
      baseUrl: 'https://forge.test',
      oauth: { clientId: 'id', next: { clientId: 'id' } },
      mirrors: [{ url: 'a' }, { url: 'b' }],
      proxy: { host: 'proxy' },
    });
    expect(JSON.stringify(secrets)).not.toContain('forge.test');
  });

  it('come back together as they were', () => {
    const { shown, secrets } = splitSecrets(schema, config);
    expect(mergeSecrets(shown, secrets)).toEqual(config);
  });

  it('come back together after a way through JSON', () => {
    const { shown, secrets }: { shown: unknown; secrets: unknown } = JSON.parse(
      JSON.stringify(splitSecrets(schema, config)),
    );
    expect(mergeSecrets(shown, secrets)).toEqual(config);
  });

  it('are none when none are set', () => {
    const plain = { baseUrl: 'https://forge.test', oauth: { clientId: 'id' } };
    expect(splitSecrets(schema, plain)).toEqual({ shown: plain, secrets: undefined });
    expect(mergeSecrets(plain, undefined)).toEqual(plain);
  });

  it('are named by their paths', () => {
    const { secrets } = splitSecrets(schema, { token: 'canary', oauth: { clientSecret: 'canary' } });
    expect(secretPaths(secrets)).toEqual(['token', 'oauth.clientSecret']);
  });

  it("can't reach into what every object has", () => {
    const hostile: unknown = JSON.parse('{"__proto__":{"polluted":true},"constructor":{"name":"x"}}');
    const { shown, secrets } = splitSecrets(schema, hostile);
    expect(JSON.stringify(mergeSecrets(shown, secrets))).toBe(JSON.stringify(hostile));
    expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false);
  });
});
