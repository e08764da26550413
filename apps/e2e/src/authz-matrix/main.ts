import type { Cell } from './matrix.js';
import { isWrong, leaksOf } from './matrix.js';
import { runMatrix } from './run-matrix.js';

/** What is expected, and where it differs what came instead. */
function tellRow(cells: readonly Cell[]): void {
  process.stdout.write(`${cells[0]?.route ?? ''}\n`);
  for (const cell of cells) {
    const leaked = leaksOf(cell);
    const leaks = leaked.length === 0 ? '' : `; shows ${leaked.join(', ')}`;
    const mark = isWrong(cell) ? 'WRONG' : 'ok';
    process.stdout.write(
      `  ${cell.column.padEnd(16)} expected ${cell.expected.padEnd(24)} actual ${cell.actual.padEnd(24)} ${mark}${leaks}\n`,
    );
  }
}

const { cells, mistakes } = await runMatrix(tellRow);
const wrong = cells.filter(isWrong).length;
for (const mistake of mistakes) process.stdout.write(`WRONG ${mistake}\n`);
const routes = new Set(cells.map(({ route }) => route)).size;
process.stdout.write(
  `${String(routes)} routes, ${String(cells.length)} cells: ${String(wrong)} wrong, ${String(mistakes.length)} mistakes in the lists\n`,
);
if (wrong + mistakes.length > 0) process.exitCode = 1;
