import { parseArgs } from 'node:util';
import { mutants } from './mutants.js';
import type { Database, ForgeType } from './plan/plan.js';
import { databases, forgeTypes } from './plan/plan.js';
import { Report } from './report.js';
import { torture } from './torture.js';

const usage = `npm run torture -- sync [--runs 320] [--seed 1] [--only ${forgeTypes.join(' | ')}]… [--database ${databases.join(' | ')}]… [--mutant ${mutants.map(({ name }) => name).join(' | ')} | all]`;

/** Of a mutant it is enough to see that it is caught for the right reason. */
const storyAtMost = 300;

/** So that whoever waits sees that it goes on. */
const toldEvery = 20;

interface Output {
  write(text: string): unknown;
}

/** The command of the torture. @returns the code to exit with: 1 when there are violations, or a mutant survives. */
export async function startTorture(argv: readonly string[], output: Output): Promise<number> {
  const { positionals, values } = parseArgs({
    args: [...argv],
    allowPositionals: true,
    options: {
      runs: { type: 'string', default: '320' },
      seed: { type: 'string', default: '1' },
      only: { type: 'string', multiple: true, default: [...forgeTypes] },
      database: { type: 'string', multiple: true, default: [...databases] },
      mutant: { type: 'string' },
      verbose: { type: 'boolean', default: false },
    },
  });
  const [runs, seed] = [Number(values.runs), Number(values.seed)];
  const forges = forgeTypes.filter((type) => values.only.includes(type));
  const stores = databases.filter((database) => values.database.includes(database));
  const chosen = values.mutant === 'all' ? mutants : mutants.filter(({ name }) => name === values.mutant);
  const isUnknown = values.mutant !== undefined && chosen.length === 0;
  const isComplete = runs > 0 && seed >= 0 && forges.length > 0 && stores.length > 0;
  if (positionals.join() !== 'sync' || isUnknown || !isComplete) {
    output.write(`${usage}\n`);
    return 2;
  }
  const options = { seed, runs, forges, databases: stores, verbose: values.verbose };
  if (values.mutant === undefined) return tortureEngine(options, output);
  let survivors = 0;
  for (const { name, title, changes } of chosen) {
    const report = new Report(options);
    await torture({
      ...options,
      changes,
      untilCaught: true,
      onRun: (result) => {
        report.add(result);
      },
    });
    const [caught] = report.violations;
    if (caught === undefined) survivors += 1;
    const verdict =
      caught === undefined
        ? `SURVIVES ${report.runs} runs`
        : `caught after ${report.runs} runs, by seed ${caught.seed}: ${caught.law}: ${caught.story.slice(0, storyAtMost)}`;
    output.write(`${name}, which ${title}: ${verdict}\n`);
  }
  return survivors === 0 ? 0 : 1;
}

interface Options {
  readonly seed: number;
  readonly runs: number;
  readonly forges: readonly ForgeType[];
  readonly databases: readonly Database[];
  readonly verbose: boolean;
}

async function tortureEngine(options: Options, output: Output): Promise<number> {
  const report = new Report(options);
  await torture({
    ...options,
    changes: [],
    untilCaught: false,
    onRun: (result) => {
      report.add(result);
      output.write(report.lineOf(result));
      if (report.runs % toldEvery === 0) output.write(`${report.runs} of ${options.runs} runs\n`);
    },
  });
  output.write(report.summary());
  return report.violations.length === 0 ? 0 : 1;
}
