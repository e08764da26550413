import type { CanaryReport, CanaryRun } from './run-canary.js';

const everywhere = ['answers', 'audit trail', 'log', 'metrics', 'settings errors'];

/** The kinds of evidence without which nothing is proven: not to have looked is not to have found nothing. */
export function demandedEvidence({ database, filesAreOurs }: CanaryRun): readonly string[] {
  if (database === 'sqlite') return [...everywhere, 'database files', 'write-ahead log'];
  return [...everywhere, 'database rows', ...(filesAreOurs ? ['database files'] : [])];
}

/** @returns the kinds of which there was nothing to search */
export function missingEvidence(report: CanaryReport): readonly string[] {
  return demandedEvidence(report).filter((kind) => (report.searched.get(kind)?.bytes ?? 0) === 0);
}
