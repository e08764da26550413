import { describe, expect, it } from '@jest/globals';
import { splitSecrets } from './config-secrets.js';
import { unreachableSecrets } from './json-schema.js';

const secret = { type: 'string', writeOnly: true };
const password = { properties: { password: secret } };

describe('a secret in a JSON Schema', () => {
  it.each<[string, object, unknown]>([
    ['prefixItems', { prefixItems: [{ type: 'string' }, secret] }, ['shown', 'canary']],
    ['items after prefixItems', { prefixItems: [{ type: 'string' }], items: secret }, ['shown', 'canary']],
    ['items as a list', { items: [{ type: 'string' }, secret] }, ['shown', 'canary']],
    ['additionalItems', { items: [{ type: 'string' }], additionalItems: secret }, ['shown', 'canary']],
    [
      'unevaluatedItems',
      { prefixItems: [{ type: 'string' }], unevaluatedItems: secret },
      ['shown', 'canary'],
    ],
    ['contains', { contains: password }, [{ password: 'canary', name: 'shown' }]],
    ['patternProperties', { patternProperties: { '^x-': secret } }, { 'x-key': 'canary', key: 'shown' }],
    [
      'a pattern that is none',
      { patternProperties: { '(': secret }, properties: { a: {} } },
      { b: 'canary' },
    ],
    [
      'unevaluatedProperties',
      { properties: { a: {} }, unevaluatedProperties: secret },
      { a: 'shown', b: 'canary' },
    ],
    ['if', { if: password }, { password: 'canary', name: 'shown' }],
    ['then', { if: {}, then: password }, { password: 'canary', name: 'shown' }],
    ['else', { if: {}, else: password }, { password: 'canary', name: 'shown' }],
    ['dependentSchemas', { dependentSchemas: { name: password } }, { password: 'canary', name: 'shown' }],
    [
      'dependencies',
      { dependencies: { name: password, other: ['a'] } },
      { password: 'canary', name: 'shown' },
    ],
    [
      'an anchor',
      { $ref: '#login', $defs: { a: { $anchor: 'login', ...password } } },
      { password: 'canary' },
    ],
    [
      'a dynamic anchor',
      { $dynamicRef: '#login', $defs: { a: { $dynamicAnchor: 'login', ...password } } },
      { password: 'canary' },
    ],
    [
      'the root itself',
      { ...password, properties: { next: { $ref: '#' }, ...password.properties } },
      { next: { password: 'canary' } },
    ],
    [
      'a pointer into a list',
      { $ref: '#/$defs/a/anyOf/0', $defs: { a: { anyOf: [password] } } },
      { password: 'canary' },
    ],
    [
      'a pointer with signs',
      { $ref: '#/$defs/a~1b%20c', $defs: { 'a/b c': password } },
      { password: 'canary' },
    ],
  ])('is found through %s', (_, schema, config) => {
    const { shown, secrets } = splitSecrets(schema, config);
    expect(JSON.stringify(secrets)).toContain('canary');
    expect(JSON.stringify(secrets)).not.toContain('shown');
    expect(JSON.stringify(shown)).not.toContain('canary');
    expect(unreachableSecrets(schema)).toEqual([]);
  });

  it.each<[object, readonly string[]]>([
    [{ not: password }, ['#/not/properties/password']],
    [{ $defs: { login: password } }, ['#/$defs/login/properties/password']],
    [{ propertyNames: secret }, ['#/propertyNames']],
    [{ properties: { a: { contentSchema: secret } } }, ['#/properties/a/contentSchema']],
    [{ anyOf: [{}, { $ref: 'https://elsewhere.test/schema' }] }, ['#/anyOf/1/$ref']],
    [{ $ref: '#/$defs/missing' }, ['#/$ref']],
    [{ $ref: '#missing' }, ['#/$ref']],
    [{ $ref: '#/%' }, ['#/$ref']],
  ])('is said to be out of reach in %j', (schema, pointers) => {
    expect(unreachableSecrets(schema)).toEqual(pointers);
  });

  it('is in reach in a schema that leads back to itself', () => {
    const schema = { $ref: '#/$defs/a', $defs: { a: { anyOf: [{ $ref: '#/$defs/a' }, password] } } };
    expect(unreachableSecrets(schema)).toEqual([]);
  });
});
