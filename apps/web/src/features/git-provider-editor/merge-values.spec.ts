import { describe, expect, it } from '@jest/globals';
import { fieldsOf } from '../../components/schema-form/schema-fields.js';
import { forgeSchema } from '../../components/schema-form/schema.fixture.js';
import type { EditorValues } from './editor-values.js';
import { changedSettings, keepChosen, mergeValues } from './merge-values.js';

const fields = fieldsOf(forgeSchema);
const base: EditorValues = {
  name: 'Work',
  config: { baseUrl: 'https://git.example.com', oauth: { clientId: 'abc' } },
  organizations: [],
  patterns: ['acme/**'],
  syncPolicy: 'staged',
  schedule: null,
};

describe('settings that two people change at once', () => {
  it('keep what was typed here, and take the rest from what was saved', () => {
    const mine = {
      ...base,
      name: 'Mine',
      config: { ...base.config, oauth: { clientId: 'abc', clientSecret: 'typed' } },
    };
    const theirs = {
      ...base,
      name: 'Theirs',
      patterns: [],
      config: { ...base.config, apiUrl: 'https://api.example.com', oauth: { clientId: 'def' } },
    };
    expect(mergeValues(fields, { base, mine, theirs })).toEqual({
      ...base,
      name: 'Mine',
      patterns: [],
      config: {
        baseUrl: 'https://git.example.com',
        apiUrl: 'https://api.example.com',
        oauth: { clientId: 'def', clientSecret: 'typed' },
      },
    });
  });

  it('are taken from what was saved where nobody chose otherwise', () => {
    const mine = {
      ...base,
      name: 'Mine',
      patterns: ['mine/**'],
      config: { baseUrl: 'https://mine.example' },
    };
    const theirs = { ...base, name: 'Theirs', schedule: { everyMinutes: 60 } };
    expect(keepChosen(fields, { mine, theirs }, ['patterns', 'config.baseUrl'])).toEqual({
      ...theirs,
      patterns: ['mine/**'],
      config: { baseUrl: 'https://mine.example', oauth: { clientId: 'abc' } },
    });
  });

  it('are told by what changed, the members of the config by their titles', () => {
    const theirs = {
      ...base,
      syncPolicy: 'revoke-first' as const,
      config: { baseUrl: 'https://git.example.org' },
    };
    expect(changedSettings(fields, base, theirs)).toEqual([
      { key: 'syncPolicy' },
      { key: 'config.baseUrl', title: 'Base URL' },
      { key: 'config.oauth.clientId', title: 'Client ID' },
    ]);
    expect(changedSettings(fields, base, { ...base, config: { ...base.config, apiUrl: '' } })).toEqual([]);
  });
});
