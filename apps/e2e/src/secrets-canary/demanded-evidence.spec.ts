import { describe, expect, it } from '@jest/globals';
import { demandedEvidence } from './demanded-evidence.js';
import { isClean, printReport } from './print-report.js';
import type { CanaryReport, CanaryRun } from './run-canary.js';

const sqlite: CanaryRun = { database: 'sqlite', forges: [], filesAreOurs: true };
const postgres: CanaryRun = { ...sqlite, database: 'postgres' };
const ours = [sqlite, postgres].flatMap((run) => demandedEvidence(run).map((kind) => ({ run, kind })));

function reportOf(run: CanaryRun, bytesOf: (kind: string) => number): CanaryReport {
  const searched = new Map(
    demandedEvidence(run).map((kind) => [kind, { pieces: 1, bytes: bytesOf(kind) }] as const),
  );
  return { ...run, canaries: [], forms: 0, searched, finds: [], searchWorks: true };
}

describe('the evidence that is demanded', () => {
  it.each(ours)('makes a run fail that has no bytes of it: $run.database, $kind', ({ run, kind }) => {
    expect(isClean(reportOf(run, () => 1))).toBe(true);
    const report = reportOf(run, (each) => (each === kind ? 0 : 1));
    expect(isClean(report)).toBe(false);
    expect(printReport(report)).toContain(`NOT SEARCHED, SINCE THERE WAS NONE: ${kind}`);
  });

  it('is not the files of a server of somebody else', () => {
    expect(demandedEvidence({ ...postgres, filesAreOurs: false })).not.toContain('database files');
  });
});
