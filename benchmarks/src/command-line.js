import { parseArgs } from 'node:util';
import { chooseForges, forges } from './list/forges.js';
import { chooseDatabases, databases } from './sync/databases.js';

/**
 * What is asked for.
 *
 * @typedef {typeof benchNames[number]} BenchName
 * @typedef {{ readonly kind: 'help' }
 *   | { readonly kind: 'refused', readonly reason: string }
 *   | { readonly kind: 'start', readonly bench: BenchName, readonly json: string | undefined, readonly only: readonly string[] | undefined, readonly onlyDatabase: readonly string[] | undefined }} Command
 */

const benchNames = /** @type {const} */ (['list', 'sync', 'replicas', 'page']);

export const help = `npm run bench -- ${benchNames.join(' | ')} [options]

Measures anyforge; ends with 1 when something is slower than it has to be.

  --only <forge>             ${forges.map(({ type }) => type).join(', ')};
                             may be given several times; all when not given
  --only-database <database> of sync: ${databases.join(', ')}; both when not given
  --json <file>              writes what was measured there, too
  --help                     this
`;

/**
 * Reads what stands after the command.
 *
 * @param {readonly string[]} values
 * @returns {Command}
 */
export function readCommand(values) {
  try {
    const { positionals, values: options } = parseArgs({
      args: [...values],
      allowPositionals: true,
      options: {
        json: { type: 'string' },
        only: { type: 'string', multiple: true },
        'only-database': { type: 'string', multiple: true },
        help: { type: 'boolean' },
      },
    });
    if (options.help === true) return { kind: 'help' };
    const bench = benchNames.find((name) => name === positionals.join(' '));
    if (bench === undefined) return refusedBench(positionals.join(' '));
    const { json, only, 'only-database': onlyDatabase } = options;
    chooseForges(only);
    chooseDatabases(onlyDatabase);
    return { kind: 'start', bench, json, only, onlyDatabase };
  } catch (error) {
    return { kind: 'refused', reason: error instanceof Error ? error.message : String(error) };
  }
}

/** @param {string} name @returns {Command} */
function refusedBench(name) {
  const choices = benchNames.join(', ');
  return {
    kind: 'refused',
    reason:
      name === ''
        ? `Name what to measure: ${choices}.`
        : `There is no bench called ${name}. There are: ${choices}`,
  };
}
