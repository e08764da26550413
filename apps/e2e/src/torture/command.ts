import type { Command } from './command-line.js';
import { Report } from './report.js';
import { torture } from './torture.js';

/** Of a mutant it is enough to see that it is caught for the right reason. */
const storyAtMost = 300;

/** So that whoever waits sees that it goes on. */
const toldEvery = 20;

interface Output {
  write(text: string): unknown;
}

type Start = Extract<Command, { readonly kind: 'start' }>;

/** The command of the torture. @returns the code to exit with: 1 when there are violations, or a mutant survives. */
export async function startTorture({ mutants, ...options }: Start, output: Output): Promise<number> {
  if (mutants === undefined) return tortureEngine(options, output);
  let survivors = 0;
  for (const { name, title, changes } of mutants) {
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

async function tortureEngine(options: Omit<Start, 'kind' | 'mutants'>, output: Output): Promise<number> {
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
