import { missingEvidence } from './demanded-evidence.js';
import type { CanaryReport } from './run-canary.js';

/** A report as lines for people. */
export function printReport(report: CanaryReport): string {
  const { database, forges, canaries, forms, searched, finds, searchWorks } = report;
  const total = [...searched.values()].reduce((sum, { bytes }) => sum + bytes, 0);
  return [
    `== ${database}: ${String(canaries.length)} secrets, looked for in ${String(forms)} forms (${forges.join(', ')})`,
    ...counted(canaries.map(({ name }) => name)),
    '-- shown by design, each in its own single answer',
    ...canaries.flatMap(({ name, shownIn }) => shownIn.map((label) => `   ${name}: ${label}`)),
    '-- searched',
    ...[...searched].map(
      ([kind, { pieces, bytes }]) =>
        `   ${kind}: ${String(pieces)} pieces, ${bytes.toLocaleString('en')} bytes`,
    ),
    `   altogether ${total.toLocaleString('en')} bytes`,
    ...missingEvidence(report).map((kind) => `-- NOT SEARCHED, SINCE THERE WAS NONE: ${kind}`),
    searchWorks
      ? '-- the search works: every secret was found where it was planted on purpose'
      : '-- THE SEARCH DOES NOT WORK: a secret that was planted on purpose was not found',
    ...(finds.length === 0 ? ['-- found nowhere else'] : ['-- FOUND']),
    ...finds.map(
      ({ canary, form, kind, label, offset }) =>
        `   ${canary} (${form}) in ${kind}, ${label}, at ${String(offset)}`,
    ),
    '',
  ].join('\n');
}

export function isClean(report: CanaryReport): boolean {
  return report.finds.length === 0 && report.searchWorks && missingEvidence(report).length === 0;
}

function counted(names: readonly string[]): readonly string[] {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return [...counts].map(([name, count]) => `   ${String(count)} × ${name}`);
}
