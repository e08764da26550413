import { describe, expect, it } from '@jest/globals';
import { readCommand } from './command-line.js';
import { mutants } from './mutants.js';
import { databases, forgeTypes } from './plan/plan.js';

describe('the command line of the torture', () => {
  it('tortures syncs on every forge and both databases', () => {
    expect(readCommand(['sync'])).toEqual({
      kind: 'start',
      seed: 1,
      runs: 320,
      forges: forgeTypes,
      databases,
      verbose: false,
      mutants: undefined,
    });
  });

  it('takes what to choose', () => {
    const values = ['--seed', '0', '--runs', '8', '--only', 'gitea', '--database', 'sqlite', '--verbose'];
    expect(readCommand(['sync', ...values])).toMatchObject({
      seed: 0,
      runs: 8,
      forges: ['gitea'],
      databases: ['sqlite'],
      verbose: true,
    });
  });

  it('takes one mutant, or all', () => {
    const [first] = mutants;
    expect(readCommand(['sync', '--mutant', first?.name ?? ''])).toMatchObject({ mutants: [first] });
    expect(readCommand(['sync', '--mutant', 'all'])).toMatchObject({ mutants });
  });

  it('helps', () => {
    expect(readCommand(['--help'])).toEqual({ kind: 'help' });
  });

  it.each([
    [[], 'Name what to torture: sync.'],
    [['people'], 'Name what to torture: sync.'],
    [['sync', '--runs', '0'], '--runs takes a whole number from 1 on.'],
    [['sync', '--seed', ''], '--seed takes a whole number from 0 on.'],
    [['sync', '--only', 'nonsense'], expect.stringMatching(/^There is no forge called nonsense\./)],
    [['sync', '--database', 'files'], 'There is no database called files. There are: sqlite, postgres'],
    [['sync', '--mutant', 'nobody'], expect.stringMatching(/^There is no mutant called nobody\./)],
    [['sync', '--rusn', '8'], expect.stringContaining('--rusn')],
  ])('says in one line what is wrong of %j', (values, reason) => {
    const command = readCommand(values);
    expect(command).toEqual({ kind: 'refused', reason });
    expect(JSON.stringify(command)).not.toContain('\\n');
  });
});
