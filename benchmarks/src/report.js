/**
 * @typedef {object} Row what a bench found
 * @property {string} bench
 * @property {string} subject
 * @property {string} against
 * @property {number} value the subject's
 * @property {string} unit
 * @property {number} ratio how many times faster (or fewer, or smaller) than `against`
 *
 * @typedef {object} Verdict on a goal that was set
 * @property {string} name
 * @property {boolean} met
 * @property {string} found
 */

/**
 * @param {readonly Row[]} rows
 * @returns {string} a table in columns
 */
export function renderRows(rows) {
  const head = ['bench', 'subject', 'value', '', 'ratio', 'against'];
  const cells = rows.map(({ bench, subject, against, value, unit, ratio }) => [
    bench,
    subject,
    format(value),
    unit,
    `${ratio.toFixed(2)} ×`,
    against,
  ]);
  return renderTable([head, ...cells], [2, 4]);
}

/** @param {readonly Verdict[]} verdicts */
export function renderVerdicts(verdicts) {
  return renderTable(
    verdicts.map(({ name, met, found }) => [met ? 'met' : 'MISSED', name, found]),
    [],
  );
}

/**
 * @param {readonly (readonly string[])[]} lines
 * @param {readonly number[]} rightAligned columns
 */
function renderTable(lines, rightAligned) {
  const widths = (lines[0] ?? []).map((_, column) =>
    Math.max(...lines.map((cells) => cells[column]?.length ?? 0)),
  );
  return lines
    .map((cells) =>
      cells
        .map((cell, column) => {
          const width = widths[column] ?? 0;
          return rightAligned.includes(column) ? cell.padStart(width) : cell.padEnd(width);
        })
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

/** @param {number} value */
function format(value) {
  return Number.isInteger(value) ? String(value) : value.toFixed(value < 10 ? 2 : 1);
}
