import { describe, expect, it } from '@jest/globals';
import { fieldsOf } from '../../components/schema-form/schema-fields.js';
import { forgeSchema } from '../../components/schema-form/schema.fixture.js';
import type { EditorValues } from './editor-values.js';
import {
  addressesOf,
  carriedValues,
  changedSecrets,
  hasOAuth,
  sayTheSame,
  toDraftValues,
  valuesOf,
  valuesOfType,
} from './editor-values.js';

const fields = fieldsOf(forgeSchema);
const values: EditorValues = {
  name: 'Work',
  config: { baseUrl: 'https://git.example.com', oauth: { clientId: 'abc', clientSecret: 'typed' } },
  organizations: [{ id: '1', path: 'acme' }],
  patterns: ['acme/**', ' '],
  syncPolicy: 'staged',
  schedule: null,
};

describe('what is typed for a git provider', () => {
  it("begins at the forge's own address, or at none", () => {
    const cloud = { label: 'Cloud', baseUrl: 'https://forge.example' };
    expect(valuesOfType({ hosting: { cloud } }).config).toEqual({ baseUrl: 'https://forge.example' });
    expect(valuesOfType({ hosting: {} }).config).toEqual({ baseUrl: '' });
  });

  it('goes over to another type without what belongs to the forge', () => {
    expect(carriedValues(values)).toEqual({
      name: 'Work',
      patterns: ['acme/**', ' '],
      syncPolicy: 'staged',
      schedule: null,
    });
  });

  it('is kept with the secrets only when they are meant to go along', () => {
    expect(toDraftValues(fields, values, { secrets: true })).toMatchObject({
      config: values.config,
      patterns: ['acme/**'],
    });
    expect(toDraftValues(fields, values, { secrets: false })).toMatchObject({
      config: { baseUrl: 'https://git.example.com', oauth: { clientId: 'abc' } },
    });
  });

  it('is compared without regard to order and empty fields', () => {
    const stored = valuesOf({
      ...values,
      config: { oauth: { clientId: 'abc' }, baseUrl: 'https://git.example.com' },
    });
    const untouched = {
      ...stored,
      config: { baseUrl: 'https://git.example.com', apiUrl: '', oauth: { clientId: 'abc' } },
    };
    expect(sayTheSame(fields, stored, untouched)).toBe(true);
    expect(sayTheSame(fields, stored, values)).toBe(false);
    expect(sayTheSame(fields, stored, { ...stored, patterns: [] })).toBe(false);
  });

  it('names the secrets that are typed or removed', () => {
    const withSecret = (clientSecret: unknown) => ({ ...values, config: { oauth: { clientSecret } } });
    expect(changedSecrets(fields, withSecret('x'))).toEqual(['oauth.clientSecret']);
    expect(changedSecrets(fields, withSecret(null))).toEqual(['oauth.clientSecret']);
    expect(changedSecrets(fields, withSecret(''))).toEqual([]);
  });

  it('is empty where a member is told to no one but administrators', () => {
    const settings = { name: 'Work', config: null, syncPolicy: 'staged', schedule: null } as const;
    expect(valuesOf(settings)).toMatchObject({ config: {}, organizations: [], patterns: [] });
  });

  it('has an OAuth application as soon as anything is said of one', () => {
    expect(hasOAuth(fields, values)).toBe(true);
    expect(hasOAuth(fields, { ...values, config: { oauth: { clientId: '', clientSecret: '' } } })).toBe(
      false,
    );
  });

  it('is at another place when anything but the OAuth application is another', () => {
    const config = { baseUrl: 'https://git.example.com' };
    expect(addressesOf({ ...config, oauth: { clientId: 'abc' } })).toBe(addressesOf(config));
    expect(addressesOf({ ...config, apiUrl: 'https://api.example.com' })).not.toBe(addressesOf(config));
    expect(addressesOf(null)).toBe('');
  });
});
