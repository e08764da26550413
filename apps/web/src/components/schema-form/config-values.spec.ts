import { describe, expect, it } from '@jest/globals';
import { readText, readValue, toConfig, withoutSecrets, writeValue } from './config-values.js';
import { fieldsOf } from './schema-fields.js';
import { forgeSchema } from './schema.fixture.js';

const fields = fieldsOf(forgeSchema);

describe('the values of a form', () => {
  it('are read and written by path', () => {
    const config = writeValue({ baseUrl: 'https://git.example.com' }, 'oauth.clientId', 'abc');
    expect(config).toEqual({ baseUrl: 'https://git.example.com', oauth: { clientId: 'abc' } });
    expect(readText(config, 'oauth.clientId')).toBe('abc');
    expect(readText(config, 'oauth.clientSecret')).toBe('');
    expect(readValue(writeValue(config, 'oauth.clientId', undefined), 'oauth')).toEqual({});
  });

  it('are never read from what every object has', () => {
    expect(readValue({}, 'constructor')).toBeUndefined();
  });

  it('are sent without what is empty and without groups in which nothing is said', () => {
    const values = {
      baseUrl: ' https://git.example.com ',
      apiUrl: '',
      oauth: { clientId: ' ', clientSecret: '' },
    };
    expect(toConfig(fields, values)).toEqual({ baseUrl: 'https://git.example.com' });
  });

  it('leave a secret out that is empty, and send null for one that is removed', () => {
    const base = { baseUrl: 'https://git.example.com' };
    expect(toConfig(fields, { ...base, oauth: { clientId: 'abc', clientSecret: '' } })).toEqual({
      ...base,
      oauth: { clientId: 'abc' },
    });
    const removed = { ...base, oauth: { clientId: 'abc', clientSecret: null } };
    expect(toConfig(fields, removed)).toEqual(removed);
    expect(toConfig(fields, { ...base, oauth: { clientId: '', clientSecret: null } })).toEqual(base);
  });

  it('keep a secret as it was typed, spaces and all', () => {
    const values = { oauth: { clientId: 'abc', clientSecret: ' s ' } };
    expect(toConfig(fields, values)).toEqual(values);
  });

  it('keep members that the form does not know', () => {
    expect(toConfig(fields, { mirrors: ['a'] })).toEqual({ mirrors: ['a'] });
  });

  it('can be had without what was typed as secrets', () => {
    const values = { baseUrl: 'https://git.example.com', oauth: { clientId: 'abc', clientSecret: 's' } };
    expect(withoutSecrets(fields, values)).toEqual({ ...values, oauth: { clientId: 'abc' } });
    expect(withoutSecrets(fields, { baseUrl: '' })).toEqual({ baseUrl: '' });
  });
});
