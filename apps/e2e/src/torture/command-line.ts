import { parseArgs } from 'node:util';
import type { Mutant } from './mutants.js';
import { mutants } from './mutants.js';
import type { Database, ForgeType } from './plan/plan.js';
import { databases, forgeTypes } from './plan/plan.js';

/** What the torture was asked for. */
export type Command =
  | { readonly kind: 'help' }
  | { readonly kind: 'refused'; readonly reason: string }
  | {
      readonly kind: 'start';
      readonly seed: number;
      readonly runs: number;
      readonly forges: readonly ForgeType[];
      readonly databases: readonly Database[];
      readonly verbose: boolean;
      /** Absent: the engine as it is. */
      readonly mutants: readonly Mutant[] | undefined;
    };

const everyMutant = 'all';

export const help = `npm run torture -- sync [options]

Hundreds of syncs under faults, changes and kills; ends with 1 when people saw what was not true.

  --runs <number>        320 when not given
  --seed <number>        of the first run, which tells all that happens in it; 1 when not given
  --only <forge>         ${forgeTypes.join(', ')};
                         may be given several times; all when not given
  --database <database>  ${databases.join(', ')}; may be given twice; both when not given
  --mutant <name>        breaks the engine, which has to be noticed: ${everyMutant}, or
                         ${mutants.map(({ name }) => name).join(',\n                         ')}
  --verbose              tells the story of each run
  --help                 this
`;

/** Reads what stands after the command. */
export function readCommand(values: readonly string[]): Command {
  try {
    const { positionals, values: options } = parseArgs({
      args: [...values],
      allowPositionals: true,
      options: {
        runs: { type: 'string', default: '320' },
        seed: { type: 'string', default: '1' },
        only: { type: 'string', multiple: true, default: [...forgeTypes] },
        database: { type: 'string', multiple: true, default: [...databases] },
        mutant: { type: 'string' },
        verbose: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    });
    if (options.help) return { kind: 'help' };
    if (positionals.join(' ') !== 'sync') return { kind: 'refused', reason: 'Name what to torture: sync.' };
    return {
      kind: 'start',
      seed: numberOf('--seed', options.seed, 0),
      runs: numberOf('--runs', options.runs, 1),
      forges: chosenFrom(forgeTypes, options.only, 'forge'),
      databases: chosenFrom(databases, options.database, 'database'),
      verbose: options.verbose,
      mutants: options.mutant === undefined ? undefined : mutantsOf(options.mutant),
    };
  } catch (error) {
    return { kind: 'refused', reason: error instanceof Error ? error.message : String(error) };
  }
}

function numberOf(option: string, text: string, atLeast: number): number {
  const value = Number(text);
  if (text.trim() !== '' && Number.isSafeInteger(value) && value >= atLeast) return value;
  throw new Error(`${option} takes a whole number from ${String(atLeast)} on.`);
}

function chosenFrom<Name extends string>(
  all: readonly Name[],
  named: readonly string[],
  what: string,
): readonly Name[] {
  const strange = named.filter((name) => !all.some((one) => one === name));
  if (strange.length > 0)
    throw new Error(`There is no ${what} called ${strange.join(', ')}. There are: ${all.join(', ')}`);
  return all.filter((one) => named.includes(one));
}

function mutantsOf(name: string): readonly Mutant[] {
  const names = [everyMutant, ...mutants.map((mutant) => mutant.name)];
  const [chosen] = chosenFrom(names, [name], 'mutant');
  return mutants.filter((mutant) => chosen === everyMutant || mutant.name === chosen);
}
