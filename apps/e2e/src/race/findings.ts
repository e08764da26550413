/** One thing that was tried, and whether it came out as it must. */
export interface Finding {
  readonly forge: string;
  readonly what: string;
  readonly expected: string;
  readonly actual: string;
  readonly isAsExpected: boolean;
}

const headings = { forge: 'forge', what: 'what', expected: 'expected', actual: 'actual', verdict: '' };

/** The findings as a table of text. */
export function toTable(findings: readonly Finding[]): string {
  const rows = [
    headings,
    ...findings.map((finding) => ({
      ...finding,
      verdict: finding.isAsExpected ? 'as expected' : 'VIOLATION',
    })),
  ];
  const columns = ['forge', 'what', 'expected', 'actual', 'verdict'] as const;
  const widths = columns.map((column) => Math.max(...rows.map((row) => row[column].length)));
  return rows
    .map((row) =>
      columns
        .map((column, index) => row[column].padEnd(widths[index] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
