import { sql } from 'kysely';
import type { Store } from '../store/store.js';

/**
 * Makes the database refuse updates of sync tasks, as a full disk does.
 *
 * @param states Only those that would leave a task in one of these; all of them unless told.
 * @returns what ends it.
 */
export async function refuseTaskUpdates(
  { database, shared }: Store,
  states?: readonly string[],
): Promise<() => Promise<void>> {
  const condition =
    states === undefined ? '' : `when (new.state in (${states.map((state) => `'${state}'`).join(', ')}))`;
  const begin = `create trigger refused before update on sync_tasks`;
  if (shared) {
    await sql
      .raw(
        `create or replace function refuse() returns trigger language plpgsql as $$ begin raise 'refused'; end $$;
         ${begin} for each row ${condition} execute function refuse()`,
      )
      .execute(database);
  } else {
    await sql.raw(`${begin} ${condition} begin select raise(abort, 'refused'); end`).execute(database);
  }
  return async () => {
    await sql.raw(`drop trigger refused${shared ? ' on sync_tasks' : ''}`).execute(database);
  };
}
