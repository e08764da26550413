import { ApiError } from '@anyforge/client';
import { describe, expect, it } from '@jest/globals';
import { fieldsOf } from '../../components/schema-form/schema-fields.js';
import { forgeSchema } from '../../components/schema-form/schema.fixture.js';
import { isAt, issuesOf, unplacedIssues } from './field-issues.js';

const refusal = { status: 409, title: 'Refused', detail: 'There is one of this name already.' };

describe('what is wrong with fields', () => {
  it('is what the server says of them', () => {
    const fields = [{ path: 'config.baseUrl', message: 'Give a web address.' }];
    expect(issuesOf(new ApiError({ ...refusal, code: 'invalid_input', fields }))).toEqual(fields);
    expect(issuesOf(new Error('The network is down.'))).toEqual([]);
  });

  it('is at the name where the name is taken', () => {
    expect(issuesOf(new ApiError({ ...refusal, code: 'duplicate_name' }))).toEqual([
      { path: 'name', message: 'There is one of this name already.' },
    ]);
  });

  it('is told beside the fields where there is none for it', () => {
    const issue = (path: string) => ({ path, message: 'Wrong.' });
    const placed = ['name', 'config.baseUrl', 'config.oauth.clientSecret', 'patterns.3'].map(issue);
    const unplaced = ['config', 'config.oauth', 'config.mirror', 'organizations.0.id'].map(issue);
    expect(unplacedIssues(fieldsOf(forgeSchema), [...placed, ...unplaced])).toEqual(unplaced);
  });

  it('belongs to a setting and to all that is in it', () => {
    expect(isAt('patterns.0', 'patterns')).toBe(true);
    expect(isAt('patterns', 'patterns')).toBe(true);
    expect(isAt('patternsOfOld', 'patterns')).toBe(false);
  });
});
