// @ts-check

/**
 * One test of a contract or of mutants, as Jest tells it.
 *
 * @typedef {object} TestOutcome
 * @property {readonly string[]} ancestorTitles
 * @property {string} title
 * @property {string} status
 * @property {readonly (string | null)[]} [failureMessages]
 */

/**
 * @typedef {object} Cell
 * @property {'passed' | 'failed' | 'not applicable'} verdict
 * @property {string} [words] why it failed, or does not apply
 */

/**
 * @typedef {object} Row
 * @property {string} group
 * @property {string} title
 * @property {Map<string, Cell>} cells by subject
 */

/**
 * @typedef {object} Matrix
 * @property {readonly string[]} subjects
 * @property {readonly Row[]} rows in the order in which they were run
 */

const things = { contract: 'cases', mutants: 'mutants' };
const marker = /^(.*) \(not applicable: (.*)\)$/s;

/**
 * Sorts outcomes into subjects and rows. Tests of the other suite, and those that a name pattern left out, make no row;
 * they do name a subject, so that one that has a contract and no mutants shows.
 *
 * @param {'contract' | 'mutants'} suite
 * @param {Iterable<TestOutcome>} outcomes
 * @returns {Matrix}
 */
export function toMatrix(suite, outcomes) {
  /** @type {Set<string>} */
  const subjects = new Set();
  /** @type {Map<string, Row>} */
  const rows = new Map();
  for (const outcome of outcomes) {
    const [suiteTitle = '', ...groups] = outcome.ancestorTitles;
    const [, of, subject] = /^(contract|mutants): (.*)$/s.exec(suiteTitle) ?? [];
    if (subject === undefined) continue;
    subjects.add(subject);
    const { title, cell } = readOutcome(outcome);
    if (of !== suite || cell === undefined) continue;
    const group = groups.join(' › ');
    const key = JSON.stringify([group, title]);
    const row = rows.get(key) ?? { group, title, cells: new Map() };
    rows.set(key, row);
    row.cells.set(subject, cell);
  }
  return { subjects: [...subjects].sort(), rows: [...rows.values()] };
}

/**
 * @param {TestOutcome} outcome
 * @returns {{ title: string, cell: Cell | undefined }}
 */
function readOutcome({ title, status, failureMessages = [] }) {
  if (status === 'passed') return { title, cell: { verdict: 'passed' } };
  if (status === 'failed') return { title, cell: { verdict: 'failed', words: firstLine(failureMessages) } };
  const [, bare, reason = ''] = marker.exec(title) ?? [];
  if (bare === undefined) return { title, cell: undefined };
  return { title: bare, cell: { verdict: 'not applicable', words: reason } };
}

/**
 * @param {readonly (string | null)[]} messages
 * @returns {string}
 */
function firstLine([message]) {
  return message?.split('\n').find((line) => line.trim() !== '') ?? 'failed without a word';
}

/**
 * @param {Matrix} matrix
 * @returns {Record<Cell['verdict'], number>}
 */
export function countVerdicts({ rows }) {
  const counts = { passed: 0, failed: 0, 'not applicable': 0 };
  for (const { cells } of rows) for (const { verdict } of cells.values()) counts[verdict] += 1;
  return counts;
}

/**
 * Why a matrix proves nothing, whatever Jest says; nothing when it does.
 *
 * @param {'contract' | 'mutants'} suite
 * @param {Matrix} matrix
 * @returns {string | undefined}
 */
export function whyWorthless(suite, matrix) {
  if (countVerdicts(matrix).passed === 0) return `None of the ${things[suite]} was run and passed.`;
  const { subjects, rows } = matrix;
  const isMissing = (/** @type {string} */ subject) => rows.some(({ cells }) => !cells.has(subject));
  const missing = subjects.filter(isMissing);
  return missing.length === 0 ? undefined : `Not all ${things[suite]} were run for ${missing.join(', ')}.`;
}

const words = {
  contract: { passed: 'pass', failed: 'FAIL', 'not applicable': '-' },
  mutants: { passed: 'caught', failed: 'SURVIVED', 'not applicable': '-' },
};

/**
 * Draws a matrix: a row for each case or mutant, a column for each forge, then why something does not apply or failed.
 *
 * @param {'contract' | 'mutants'} suite
 * @param {Matrix} matrix
 * @returns {string}
 */
export function drawMatrix(suite, { subjects, rows }) {
  /** @type {string[]} */
  const reasons = [];
  /** @type {string[]} */
  const failures = [];
  /** @param {Cell | undefined} cell */
  const draw = (cell) => {
    if (cell === undefined) return 'not run';
    const word = words[suite][cell.verdict];
    if (cell.verdict !== 'not applicable' || cell.words === undefined) return word;
    if (!reasons.includes(cell.words)) reasons.push(cell.words);
    return `${word} (${reasons.indexOf(cell.words) + 1})`;
  };
  const table = rows.map(({ group, title, cells }) => {
    for (const [subject, { verdict, words: reason }] of cells)
      if (verdict === 'failed')
        failures.push(`${subject} › ${[group, title].filter(Boolean).join(' › ')}\n    ${reason ?? ''}`);
    return { group, cells: [`  ${title}`, ...subjects.map((subject) => draw(cells.get(subject)))] };
  });
  const head = ['', ...subjects];
  const widths = head.map((_, column) =>
    Math.max(...[head, ...table.map(({ cells }) => cells)].map((line) => line[column]?.length ?? 0)),
  );
  /** @param {readonly string[]} line */
  const align = (line) =>
    line
      .map((text, column) => text.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd();
  const lines = [align(head)];
  let group = '';
  for (const line of table) {
    if (line.group !== group) lines.push('', line.group);
    group = line.group;
    lines.push(align(line.cells));
  }
  if (reasons.length > 0)
    lines.push('', 'Not applicable:', ...reasons.map((reason, index) => `  (${index + 1}) ${reason}`));
  if (failures.length > 0) lines.push('', 'Failed:', ...failures.map((failure) => `  ${failure}`));
  const counts = countVerdicts({ subjects, rows });
  const verdicts = Object.entries(counts).map(([verdict, count]) => `${count} ${verdict}`);
  lines.push('', `${subjects.length} forges, ${rows.length} ${things[suite]}: ${verdicts.join(', ')}`);
  return `${lines.join('\n')}\n`;
}
