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

const attempts = 'hub/src/syncs/sync-attempts.ts';
const fence = 'hub/src/syncs/attempt-fence.ts';

export const mutants: readonly Mutant[] = [
  {
    name: 'pointer-early',
    title: 'shows a list from its first page, whatever the policy',
    changes: [
      {
        file: attempts,
        from: `const revokesFirst = task.sync_policy === 'revoke-first';`,
        to: 'const revokesFirst = true;',
      },
    ],
  },
  {
    name: 'unfenced-write',
    title: 'lets an attempt write that has lost its task',
    changes: [
      {
        file: fence,
        from: `
      .where('attempt', '=', attempt.attempt)
      .where('state', '=', 'running')`,
        to: '',
      },
    ],
  },
  {
    name: 'drift-unconfirmed',
    title: 'takes for gone what a listing lacks',
    changes: [
      {
        file: 'hub/src/syncs/drift-check.ts',
        from: 'if (doubtful.length === 0)',
        to: 'if (doubtful.length >= 0)',
      },
    ],
  },
  {
    name: 'revocation-kept',
    title: 'goes on showing a list when the forge knows the token no more',
    changes: [
      {
        file: 'hub/src/syncs/sync-tasks.ts',
        from: '        ...nothingVisible,\n',
        to: '',
      },
    ],
  },
  {
    name: 'resume-forgets',
    title: 'goes on where an attempt stopped, in a generation that has nothing of it',
    changes: [
      {
        file: attempts,
        from: 'goesOn && task.generation !== null ? task.generation : this.#resources.newId()',
        to: 'this.#resources.newId()',
      },
    ],
  },
  {
    name: 'change-overlooked',
    title: 'shows the list from before when nothing but missing repositories tells it from the new one',
    changes: [
      {
        file: 'hub/src/syncs/listing-writer.ts',
        from: 'if (total === 0) return base;',
        to: 'if (total >= 0) return base;',
      },
    ],
  },
  {
    name: 'omission-untold',
    title: 'forgets what the forge says to have left out',
    changes: [
      {
        file: 'hub/src/syncs/merge-omissions.ts',
        from: 'if (!byKey.has(key)) byKey.set(key, omission);',
        to: 'byKey.delete(key);',
      },
    ],
  },
  {
    name: 'swept-in-use',
    title: 'sweeps what an open task writes',
    changes: [
      {
        file: 'hub/src/syncs/generation-sweeper.ts',
        from: `.where('sync_tasks.state', 'in', openStates)`,
        to: `.where('sync_tasks.state', 'in', ['interrupted'])`,
      },
    ],
  },
  {
    name: 'other-account-shown',
    title: 'goes on showing the list of one account when somebody signs in with another',
    changes: [
      {
        file: 'hub/src/connections/connection-writer.ts',
        from: '...(keepsList ? shownBy(former) : nothingVisible),',
        to: '...shownBy(former),',
      },
    ],
  },
  {
    name: 'narrowing-late',
    title: 'leaves what the settings let through no more to the next sync',
    changes: [
      {
        file: 'hub/src/git-providers/list-narrowing.ts',
        from: 'if (selection.decide(repository).kept) continue;',
        to: 'if (selection !== undefined) continue;',
      },
    ],
  },
];
