import { sql } from 'kysely';
import type { Store } from '../store/store.js';

/**
 * Counts the rows of a table that are written from now on, deleted ones too.
 *
 * @returns what tells how many there were since it was last asked.
 */
export async function countWrites(
  { database, shared }: Store,
  table: 'permissions' | 'repositories',
): Promise<() => Promise<number>> {
  const counter = `writes_of_${table}`;
  const count = `update ${counter} set count = count + 1`;
  await sql.raw(`create table ${counter} (count integer not null)`).execute(database);
  await sql.raw(`insert into ${counter} values (0)`).execute(database);
  if (shared) {
    await sql
      .raw(
        `create function count_${counter}() returns trigger language plpgsql as $$ begin ${count}; return null; end $$;
         create trigger count_${counter} after insert or update or delete on ${table}
           for each row execute function count_${counter}()`,
      )
      .execute(database);
  } else {
    for (const change of ['insert', 'update', 'delete']) {
      await sql
        .raw(`create trigger ${counter}_${change} after ${change} on ${table} begin ${count}; end`)
        .execute(database);
    }
  }
  return async () => {
    const { rows } = await sql<{ readonly count: number }>`select count from ${sql.table(counter)}`.execute(
      database,
    );
    await sql`update ${sql.table(counter)} set count = 0`.execute(database);
    return rows[0]?.count ?? Number.NaN;
  };
}
