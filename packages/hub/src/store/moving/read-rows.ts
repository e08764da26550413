import { sql } from 'kysely';
import type { Queries } from '../store.js';
import type { MovedTable } from './moved-tables.js';
import type { PlainRow } from './table-sum.js';

const batchSize = 500;
const position = 'position_of_row';

/** All rows of a table of the embedded database. Their text was made storable for both when it was written. */
export async function* readEmbedded(
  database: Queries,
  table: MovedTable,
): AsyncGenerator<readonly PlainRow[]> {
  for (let after = -1; ;) {
    const { rows } = await sql<PlainRow & { readonly [position]: number }>`
      select rowid as ${sql.ref(position)}, * from ${sql.table(table)} where rowid > ${after}
      order by rowid limit ${batchSize}`.execute(database);
    const last = rows.at(-1);
    if (last === undefined) return;
    after = last[position];
    yield rows.map(({ [position]: _, ...row }) => row);
  }
}

/** All rows of a table of a PostgreSQL, in a transaction. */
export async function* readPostgres(
  transaction: Queries,
  table: MovedTable,
): AsyncGenerator<readonly PlainRow[]> {
  await sql`declare moved_rows no scroll cursor for select * from ${sql.table(table)}`.execute(transaction);
  for (;;) {
    const { rows } = await sql<PlainRow>`fetch ${sql.lit(batchSize)} from moved_rows`.execute(transaction);
    if (rows.length === 0) break;
    yield rows;
  }
  await sql`close moved_rows`.execute(transaction);
}
