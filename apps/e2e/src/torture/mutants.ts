/** Other words in one of the hub's sources. */
export interface SourceChange {
  /** How the path of the source ends. */
  readonly file: string;
  readonly from: string;
  readonly to: string;
}

/** An engine with one of its safeguards switched off. */
export interface Mutant {
  readonly name: string;
  /** What it does: "shows a list before it is complete". */
  readonly title: string;
  readonly changes: readonly SourceChange[];
}

export const mutants: readonly Mutant[] = [
  {
    name: 'pointer-early',
    title: 'shows a list from its first page, whatever the policy',
    changes: [
      {
        file: 'hub/src/syncs/sync-attempts.ts',
        from: `const revokesFirst = task.sync_policy === 'revoke-first';`,
        to: 'const revokesFirst = true;',
      },
    ],
  },
];
