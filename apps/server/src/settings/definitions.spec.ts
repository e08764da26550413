import { describe, expect, it } from '@jest/globals';
import { readTables } from '../testing/markdown.js';
import { listSettings, namesOf } from './definitions.js';

const rows = listSettings().map((setting) => {
  const { form, default: text, otherwise = '', meaning } = setting;
  const names = namesOf(setting).map((name) => `\`${name}\``);
  return [names.join(', '), form, text === undefined ? otherwise : `\`${text}\``, meaning];
});

describe('docs/configuration.md', () => {
  it('tells every setting with its form, default and meaning, and no other', async () => {
    expect(await readTables('configuration.md')).toEqual(rows);
  });
});
