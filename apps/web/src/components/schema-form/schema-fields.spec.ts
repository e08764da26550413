import { describe, expect, it } from '@jest/globals';
import { fieldsOf } from './schema-fields.js';
import { forgeSchema } from './schema.fixture.js';

const only = (member: unknown) => fieldsOf({ type: 'object', properties: { member } })[0];

describe('the fields of a JSON Schema', () => {
  it('are its members, in its order, with their titles and descriptions', () => {
    const [baseUrl, apiUrl, oauth] = fieldsOf(forgeSchema);
    expect(baseUrl).toEqual({
      kind: 'text',
      path: 'baseUrl',
      format: 'url',
      title: 'Base URL',
      description: 'The web address, as people open it in a browser.',
      required: true,
      example: undefined,
    });
    expect(apiUrl).toMatchObject({ required: false, example: 'https://git.example.com/api' });
    expect(oauth).toMatchObject({
      kind: 'group',
      path: 'oauth',
      title: 'OAuth',
      fields: [
        { kind: 'text', path: 'oauth.clientId', required: true },
        { kind: 'secret', path: 'oauth.clientSecret', required: false },
      ],
    });
  });

  it('have a title of their own name where the schema has none', () => {
    const [field] = fieldsOf({ properties: { httpTimeout_seconds: { type: 'number' } } });
    expect(field).toMatchObject({ title: 'Http timeout seconds', required: false });
  });

  it('are numbers within bounds, and switches', () => {
    expect(only({ type: 'integer', minimum: 1, maximum: 9 })).toMatchObject({
      kind: 'number',
      minimum: 1,
      maximum: 9,
    });
    expect(only({ type: 'boolean', default: true })).toMatchObject({ kind: 'switch', initially: true });
  });

  it('are choices of an enumeration, or of constants with titles', () => {
    expect(only({ type: 'string', enum: ['a', 'b'] })).toMatchObject({
      kind: 'choice',
      choices: [
        { value: 'a', label: 'a' },
        { value: 'b', label: 'b' },
      ],
    });
    expect(only({ oneOf: [{ const: 'a', title: 'First' }, { const: 'b' }] })).toMatchObject({
      kind: 'choice',
      choices: [
        { value: 'a', label: 'First' },
        { value: 'b', label: 'b' },
      ],
    });
  });

  it('are read through references, and through alternatives to null', () => {
    const schema = {
      properties: { address: { anyOf: [{ $ref: '#/$defs/address' }, { type: 'null' }], title: 'Address' } },
      $defs: { address: { type: 'string', format: 'uri' } },
    };
    expect(fieldsOf(schema)[0]).toMatchObject({ kind: 'text', format: 'url', title: 'Address' });
  });

  it('are told apart from shapes that have no place in a form', () => {
    for (const member of [{ type: 'array' }, { type: 'object' }, { type: ['string', 'number'] }, true, {}]) {
      expect(only(member)).toMatchObject({ kind: 'unsupported', title: 'Member' });
    }
  });

  it('end where a schema refers to itself', () => {
    const schema = { type: 'object', properties: { inner: { $ref: '#' } } };
    expect(JSON.stringify(fieldsOf(schema))).toContain('"unsupported"');
    expect(fieldsOf({ properties: { loop: { $ref: '#/properties/loop' } } })[0]).toMatchObject({
      kind: 'unsupported',
    });
  });
});
