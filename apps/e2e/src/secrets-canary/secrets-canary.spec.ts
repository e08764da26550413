import { describe, expect, it } from '@jest/globals';
import { missingEvidence } from './demanded-evidence.js';
import { runCanary } from './run-canary.js';

describe('secrets that are put through every flow and every failure of a server', () => {
  it('come out of it nowhere but in the answers that show them by design', async () => {
    const report = await runCanary({ database: 'sqlite', forges: ['github'], filesAreOurs: true });
    expect(report.finds).toEqual([]);
    expect(report.searchWorks).toBe(true);
    expect(report.canaries.length).toBeGreaterThan(80);
    expect(missingEvidence(report)).toEqual([]);
    const shown = report.canaries.flatMap(({ shownIn }) => shownIn);
    expect(shown.some((label) => label.endsWith('/api/v1/git-credentials'))).toBe(true);
  }, 240_000);
});
