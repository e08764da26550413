import { describe, expect, it } from '@jest/globals';
import { carrySecrets, mergeSecrets, secretPaths, splitSecrets } from './config-secrets.js';

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

describe('the stored secrets of a config that is changed', () => {
  const stored = splitSecrets(schema, config);

  it('stay where they are left empty or out, at any depth', () => {
    const { whole: _, ...others } = config;
    const proposed = {
      ...others,
      token: '',
      oauth: { clientId: 'id', next: { clientId: 'id', clientSecret: '' } },
      mirrors: [{ url: 'a' }, { url: 'b', password: '' }],
      keys: ['', ''],
      proxy: { host: 'other' },
      headers: {},
    };
    const { config: carried, carried: paths } = carrySecrets(schema, proposed, stored);
    expect(carried).toEqual({ ...config, proxy: { host: 'other', password: 'canary-7' } });
    expect(paths).toHaveLength(9);
  });

  it('give way to what is typed anew, and go where null is said', () => {
    const proposed = {
      ...config,
      token: null,
      oauth: { clientId: 'id', clientSecret: 'new' },
      headers: { authorization: null },
    };
    const { config: carried, carried: paths } = carrySecrets(schema, proposed, stored);
    expect(carried).toMatchObject({ oauth: { clientId: 'id', clientSecret: 'new' } });
    expect(JSON.stringify(carried)).not.toMatch(/canary-[1238]/);
    expect(paths).not.toContain('oauth.clientSecret');
  });

  it('go with the object that they are in', () => {
    const { config: carried } = carrySecrets(schema, { baseUrl: 'https://forge.test' }, stored);
    expect(JSON.stringify(carried)).not.toMatch(/canary-[234567]/);
  });

  it.each<[string, unknown]>([
    ['turned', [{ url: 'b' }, { url: 'a' }]],
    ['shorter', [{ url: 'b' }]],
    ['longer', [{ url: 'a' }, { url: 'b' }, { url: 'c' }]],
    ['another', [{ url: 'a' }, { url: 'evil' }]],
  ])('do not go to another entry of a list that is %s', (_, mirrors) => {
    const { config: carried } = carrySecrets(schema, { ...config, mirrors }, stored);
    expect(JSON.stringify(carried)).not.toContain('canary-4');
  });

  it('do not come out where the schema of a later version takes them for no secrets', () => {
    const careless = { type: 'object', properties: { token: { type: 'string' } } };
    expect(carrySecrets(careless, { baseUrl: 'a' }, stored)).toEqual({
      config: { baseUrl: 'a' },
      carried: [],
    });
  });

  it('are not put together from what every object has', () => {
    const hostile: unknown = JSON.parse('{"__proto__":{"polluted":true},"constructor":{"name":"x"}}');
    expect(JSON.stringify(carrySecrets(schema, hostile, nothing).config)).toBe(JSON.stringify(hostile));
    expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false);
  });

  it('are none when an empty one is all that is sent', () => {
    expect(carrySecrets(schema, { token: '', oauth: { clientSecret: '' } }, nothing)).toEqual({
      config: { oauth: {} },
      carried: [],
    });
  });
});

const nothing = { shown: undefined, secrets: undefined };
