import type { OperationVerdict } from './check-profile.js';
import { isBad } from './check-profile.js';

/** The verdicts as a table, with what is wrong below each line, and a sum. */
export function report(verdicts: readonly OperationVerdict[]): string {
  const widths = {
    profile: widest(verdicts.map(({ profile }) => profile)),
    operation: widest(verdicts.map(({ operation }) => operation)),
    state: widest(verdicts.map(({ state }) => state)),
  };
  const lines = verdicts.flatMap(({ profile, operation, state, statuses, faults }) => [
    [
      profile.padEnd(widths.profile),
      operation.padEnd(widths.operation),
      state.padEnd(widths.state),
      statuses.join(' '),
    ]
      .join('  ')
      .trimEnd(),
    ...faults.map((fault) => `    ${fault}`),
  ]);
  const counts = new Map<string, number>();
  for (const { state } of verdicts) counts.set(state, (counts.get(state) ?? 0) + 1);
  const sum = [...counts].map(([state, count]) => `${count} ${state}`).join(', ');
  const bad = verdicts.filter(isBad).length;
  return [...lines, '', `${sum}${bad === 0 ? '' : `: ${bad} to mend`}`, ''].join('\n');
}

function widest(texts: readonly string[]): number {
  return Math.max(0, ...texts.map(({ length }) => length));
}
