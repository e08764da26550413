import pg from 'pg';
import { z } from 'zod';
import { readFolder } from './read-folder.js';
import type { Evidence } from './searcher.js';

const setting = z.object({ rows: z.tuple([z.object({ data_directory: z.string() })]) });
const tables = z.object({ rows: z.array(z.object({ tablename: z.string() })) });

/** Every row of every table; and the files of the database server, its write-ahead log among them, where they are ours. */
export async function readPostgres(url: string, filesAreOurs: boolean): Promise<readonly Evidence[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const rows = await readRows(client);
    if (!filesAreOurs) return rows;
    await client.query('checkpoint');
    const folder = setting.parse(await client.query('show data_directory')).rows[0].data_directory;
    const files = await readFolder(folder);
    return [...rows, ...files.map(({ path, bytes }) => ({ kind: 'database files', label: path, bytes }))];
  } finally {
    await client.end();
  }
}

async function readRows(client: pg.Client): Promise<readonly Evidence[]> {
  const { rows } = tables.parse(
    await client.query("select tablename from pg_tables where schemaname = 'public' order by tablename"),
  );
  const evidence: Evidence[] = [];
  for (const { tablename } of rows) {
    const all = await client.query(`select * from ${client.escapeIdentifier(tablename)}`);
    const text = all.rows.map((row: unknown) => JSON.stringify(row)).join('\n');
    evidence.push({ kind: 'database rows', label: tablename, bytes: Buffer.from(text) });
  }
  return evidence;
}
