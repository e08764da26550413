import { join } from 'node:path';
import Database from 'libsql';
import pg from 'pg';

/**
 * A hub's database while no hub has it open, without anything of ours between.
 *
 * @typedef {object} RawDatabase
 * @property {(sql: string, parameters?: readonly unknown[]) => Promise<readonly Readonly<Record<string, unknown>>[]>} query
 * @property {(table: string) => Promise<string>} insertAll a statement that fills a table with the rows of one JSON parameter
 * @property {(table: string) => Promise<void>} countWrites counts from now on, in a table called `written`
 * @property {() => Promise<void>} close
 */

/** @param {import('./hub-process.js').Place} place @returns {Promise<RawDatabase>} */
export function openRaw(place) {
  const { databaseUrl } = place;
  return databaseUrl === undefined ? Promise.resolve(openSqlite(place)) : openPostgres(databaseUrl);
}

const counter = ['create table written (count integer not null)', 'insert into written values (0)'];
const count = 'update written set count = count + 1';

/** @param {import('./hub-process.js').Place} place @returns {RawDatabase} */
function openSqlite({ dataDirectory }) {
  const database = new Database(join(dataDirectory, 'anyforge.db'));
  database.exec('pragma synchronous = full');
  return {
    query: (sql, parameters = []) => {
      const statement = database.prepare(sql);
      if (statement.reader)
        return Promise.resolve(
          /** @type {Readonly<Record<string, unknown>>[]} */ (statement.all([...parameters])),
        );
      statement.run([...parameters]);
      return Promise.resolve([]);
    },
    insertAll: (table) => {
      const columns = /** @type {{ readonly name: string }[]} */ (
        database.prepare(`select name from pragma_table_info('${table}')`).all()
      );
      const values = columns.map(({ name }) => `value ->> '$.${name}'`).join(', ');
      return Promise.resolve(`insert into ${table} select ${values} from json_each(?)`);
    },
    countWrites: (table) => {
      for (const statement of counter) database.exec(statement);
      for (const change of ['insert', 'update', 'delete'])
        database.exec(`create trigger written_${change} after ${change} on ${table} begin ${count}; end`);
      return Promise.resolve();
    },
    close: () => {
      database.close();
      return Promise.resolve();
    },
  };
}

/** @param {string} url @returns {Promise<RawDatabase>} */
async function openPostgres(url) {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  return {
    query: async (sql, parameters = []) => (await client.query(sql, [...parameters])).rows,
    insertAll: (table) =>
      Promise.resolve(
        `insert into ${table} select * from jsonb_populate_recordset(null::${table}, $1::jsonb)`,
      ),
    countWrites: async (table) => {
      for (const statement of counter) await client.query(statement);
      await client.query(
        `create function count_written() returns trigger language plpgsql as $$ begin ${count}; return null; end $$`,
      );
      await client.query(
        `create trigger written after insert or update or delete on ${table}
           for each row execute function count_written()`,
      );
    },
    close: () => client.end(),
  };
}
