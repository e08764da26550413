import { removeAnswers } from '../answers/stored-answers.js';
import type { SyncEnd, TaskEnd } from '../measurements.js';
import type { Resources } from '../resources.js';
import { endedSignIn, openSignInStates } from '../sign-ins/sign-in-states.js';
import type { SignInRow } from '../store/rows/sign-ins.js';
import type { ConnectionRow } from '../store/schema.js';
import type { Queries } from '../store/store.js';
import type { SyncPlan } from '../syncs/sync-planner.js';
import type { Syncs } from '../syncs/syncs.js';

/** Whose connections end: one person's, everybody's to one git provider, or one of these. */
export type ConnectionOwner =
  | { readonly personId: string; readonly gitProviderId?: string | undefined }
  | { readonly gitProviderId: string; readonly personId?: undefined };

/** What has ended, and what is to happen once that is committed. */
export interface EndedConnections {
  readonly connections: readonly ConnectionRow[];
  /** As they were when they were ended. */
  readonly signIns: readonly SignInRow[];
  readonly plan: SyncPlan;
}

/** More than a statement of either database takes as parameters is never asked at once. */
const atOnce = 500;

/**
 * Ends connections: the credential and what it listed go, what synchronizes stops, and a sign-in that is still under
 * way ends as well, so that it can't bring back later what was ended meanwhile.
 */
export class ConnectionRemover {
  readonly #resources: Resources;
  readonly #syncs: Syncs;
  readonly #endHeld: (signIn: SignInRow) => Promise<void>;

  /** @param endHeld ends at the forge what a sign-in held, which nobody keeps any more; never rejects */
  constructor(
    resources: Resources,
    syncs: Syncs,
    endHeld: (signIn: SignInRow) => Promise<void> = () => Promise.resolve(),
  ) {
    this.#resources = resources;
    this.#syncs = syncs;
    this.#endHeld = endHeld;
  }

  /** For the transaction of whatever ends them. The caller carries it out after the commit. */
  async remove(transaction: Queries, owner: ConnectionOwner): Promise<EndedConnections> {
    // The order in which whoever finishes a sign-in locks them: settings, sign-in, connection.
    const signIns = await this.#endSignIns(transaction, owner);
    const connections = await transaction
      .selectFrom('connections')
      .selectAll()
      .$if(owner.personId !== undefined, (query) => query.where('person_id', '=', owner.personId ?? ''))
      .$if(owner.gitProviderId !== undefined, (query) =>
        query.where('git_provider_id', '=', owner.gitProviderId ?? ''),
      )
      .orderBy('id')
      .forUpdate()
      .execute();
    const plan = { changedSyncs: new Set<string>(), stop: [] as string[] };
    const ended = { tasks: [] as TaskEnd[], syncs: [] as SyncEnd[] };
    for (let start = 0; start < connections.length; start += atOnce) {
      const ids = connections.slice(start, start + atOnce).map(({ id }) => id);
      const planned = await this.#syncs.planSignOut(transaction, ids);
      for (const syncId of planned.changedSyncs) plan.changedSyncs.add(syncId);
      plan.stop.push(...planned.stop);
      ended.tasks.push(...(planned.ended?.tasks ?? []));
      ended.syncs.push(...(planned.ended?.syncs ?? []));
      await removeAnswers(transaction, ids);
      await transaction.deleteFrom('connections').where('id', 'in', ids).execute();
    }
    return {
      connections,
      signIns,
      plan: { ...plan, ended, changedSyncs: [...plan.changedSyncs].toSorted(), queue: [] },
    };
  }

  /** Never throws: they have ended. When this process dies before, the next start does what matters. */
  async carryOut({ plan, signIns }: EndedConnections): Promise<void> {
    await this.#syncs.carryOut(plan);
    for (const signIn of signIns) await this.#endHeld(signIn);
  }

  async #endSignIns(transaction: Queries, owner: ConnectionOwner): Promise<readonly SignInRow[]> {
    const open = await transaction
      .selectFrom('sign_ins')
      .selectAll()
      .where('purpose', '=', 'connection')
      .where('state', 'in', openSignInStates)
      .$if(owner.personId !== undefined, (query) => query.where('person_id', '=', owner.personId ?? ''))
      .$if(owner.gitProviderId !== undefined, (query) =>
        query.where('git_provider_id', '=', owner.gitProviderId ?? ''),
      )
      .orderBy('id')
      .forUpdate()
      .execute();
    const finishedAt = this.#resources.clock.now().getTime();
    for (let start = 0; start < open.length; start += atOnce) {
      await transaction
        .updateTable('sign_ins')
        .set({ ...endedSignIn, state: 'cancelled', finished_at: finishedAt })
        .where(
          'id',
          'in',
          open.slice(start, start + atOnce).map(({ id }) => id),
        )
        .execute();
    }
    return open;
  }
}
