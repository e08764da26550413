import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import { z } from 'zod';
import type { Evidence } from './searcher.js';

const setting = z.object({ rows: z.tuple([z.object({ data_directory: z.string() })]) });
const tables = z.object({ rows: z.array(z.object({ tablename: z.string() })) });

/** Every row of every table, and the files of the database server where they are on this machine and may be read. */
export async function readPostgres(url: string): Promise<readonly Evidence[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const rows = await readRows(client);
    await client.query('checkpoint');
    const folder = setting.parse(await client.query('show data_directory')).rows[0].data_directory;
    return [...rows, ...(await readFiles(folder))];
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

/** Tables, indexes and the write-ahead log. */
async function readFiles(folder: string): Promise<readonly Evidence[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  const evidence: Evidence[] = [];
  for (const entry of entries) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    // What the server removes meanwhile is not there to be found.
    const bytes = await readFile(path).catch(() => undefined);
    if (bytes === undefined) continue;
    evidence.push({ kind: 'database files', label: path.slice(folder.length + 1), bytes });
  }
  return evidence;
}
