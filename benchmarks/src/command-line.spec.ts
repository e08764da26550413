import { describe, expect, it } from '@jest/globals';
import { readCommand } from './command-line.js';

describe('the command line of the benches', () => {
  it('takes a bench, and what to measure of it', () => {
    expect(readCommand(['sync', '--only', 'gitlab', '--only-database', 'sqlite', '--json', 'here'])).toEqual({
      kind: 'start',
      bench: 'sync',
      json: 'here',
      only: ['gitlab'],
      onlyDatabase: ['sqlite'],
    });
  });

  it('helps', () => {
    expect(readCommand(['--help'])).toEqual({ kind: 'help' });
    expect(readCommand(['list', '--help'])).toEqual({ kind: 'help' });
  });

  it.each([
    [[], 'Name what to measure: list, sync, replicas, page.'],
    [['speed'], 'There is no bench called speed. There are: list, sync, replicas, page'],
    [['list', 'sync'], 'There is no bench called list sync. There are: list, sync, replicas, page'],
    [['list', '--only', 'nonsense'], expect.stringMatching(/^There is no forge called nonsense\./)],
    [['sync', '--only-database', 'files'], 'There is no database called files. There are: sqlite, postgres'],
    [['list', '--onyl', 'gitlab'], expect.stringContaining('--onyl')],
  ])('says in one line what is wrong of %j', (values, reason) => {
    const command = readCommand(values);
    expect(command).toEqual({ kind: 'refused', reason });
    expect(JSON.stringify(command)).not.toContain('\\n');
  });
});
