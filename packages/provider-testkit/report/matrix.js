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
 * @property {'passed' | 'failed' | 'not applicable' | 'not run'} verdict
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

const things = { contract: 'case', mutants: 'mutant' };
const marker = /^(.*) \(not applicable: (.*)\)$/s;

/**
 * Sorts outcomes into subjects and rows. Tests of the other suite make no row; they do name a subject, so that one that
 * has a contract and no mutants shows. A test of this suite that was skipped and is not told as not applicable was left
 * out by hand: `it.only`, `it.skip`.
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
    if (of !== suite) continue;
    const { title, cell } = readOutcome(outcome);
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
 * @returns {{ title: string, cell: Cell }}
 */
function readOutcome({ title, status, failureMessages = [] }) {
  if (status === 'passed') return { title, cell: { verdict: 'passed' } };
  if (status === 'failed') return { title, cell: { verdict: 'failed', words: firstLine(failureMessages) } };
  const [, bare, reason = ''] = marker.exec(title) ?? [];
  if (bare === undefined) return { title, cell: { verdict: 'not run' } };
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
  const counts = { passed: 0, failed: 0, 'not applicable': 0, 'not run': 0 };
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
  if (countVerdicts(matrix).passed === 0) return `None of the ${things[suite]}s was run and passed.`;
  const { subjects, rows } = matrix;
  const isMissing = (/** @type {string} */ subject) =>
    rows.some(({ cells }) => (cells.get(subject) ?? notRun).verdict === 'not run');
  const missing = subjects.filter(isMissing);
  return missing.length === 0 ? undefined : `Not all ${things[suite]}s were run for ${missing.join(', ')}.`;
}

/** @type {Cell} */
const notRun = { verdict: 'not run' };

const words = {
  contract: { passed: 'pass', failed: 'FAIL', 'not applicable': '-', 'not run': 'not run' },
  mutants: { passed: 'caught', failed: 'SURVIVED', 'not applicable': '-', 'not run': 'not run' },
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
  /** @param {Cell} cell */
  const draw = (cell) => {
    const word = words[suite][cell.verdict];
    if (cell.verdict !== 'not applicable' || cell.words === undefined) return word;
    if (!reasons.includes(cell.words)) reasons.push(cell.words);
    return `${word} (${reasons.indexOf(cell.words) + 1})`;
  };
  const table = rows.map(({ group, title, cells }) => {
    for (const [subject, { verdict, words: reason }] of cells)
      if (verdict === 'failed')
        failures.push(`${subject} › ${[group, title].filter(Boolean).join(' › ')}\n    ${reason ?? ''}`);
    const drawn = subjects.map((subject) => draw(cells.get(subject) ?? notRun));
    const isIdle = [...cells.values()].every(({ verdict }) => verdict === 'not applicable');
    return { group, cells: [`  ${title}`, ...drawn, ...(isIdle ? ['never run'] : [])] };
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
  const verdicts = Object.entries(counts)
    .filter(([verdict, number]) => number > 0 || verdict !== 'not run')
    .map(([verdict, number]) => `${number} ${verdict}`);
  const counted = [count(subjects.length, 'forge'), count(rows.length, things[suite])].join(', ');
  lines.push('', `${counted}: ${verdicts.join(', ')}`);
  return `${lines.join('\n')}\n`;
}

/**
 * @param {number} number
 * @param {string} thing
 */
function count(number, thing) {
  return `${number} ${thing}${number === 1 ? '' : 's'}`;
}
