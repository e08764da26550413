import { describe, expect, it } from '@jest/globals';
import { hubErrorStatuses } from '@anyforge/hub';
import { errorPolicies } from '@anyforge/core';
import { readTables } from '../testing/markdown.js';
import { problemStatuses, requestProblems } from './problem-codes.js';

const codeCell = /^`([a-z_]+)`$/;

/** What docs/errors.md says: code and status of each row, `start` where it has none. */
async function documented(): Promise<readonly string[]> {
  const rows = await readTables('errors.md');
  return rows.flatMap(([first = '', second = '', ...rest]) => {
    const code = codeCell.exec(first)?.[1];
    // The members of a problem have two columns only.
    if (code === undefined || rest.length === 0) return [];
    return [`${code} ${/^\d{3}$/.test(second) ? second : 'start'}`];
  });
}

describe('docs/errors.md', () => {
  it('lists every code that there is with its status, each once, and no other', async () => {
    const atStart = Object.entries(hubErrorStatuses).flatMap(([kind, status]) =>
      status === null ? [`${kind} start`] : [],
    );
    const answered = [...problemStatuses].map(([code, status]) => `${code} ${String(status)}`);
    expect((await documented()).toSorted()).toEqual([...atStart, ...answered].toSorted());
  });
});

describe('a code', () => {
  it('has one status, wherever it comes from', () => {
    const sources: readonly (readonly [string, number | null])[] = [
      ...Object.entries(errorPolicies).map(([kind, { status }]) => [kind, status] as const),
      ...Object.entries(hubErrorStatuses),
      ...Object.entries(requestProblems),
    ];
    for (const [code, status] of sources)
      if (status !== null) expect([code, status]).toEqual([code, problemStatuses.get(code)]);
  });
});
