import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { newTestDatabase } from '@anyforge/test-postgres';
import { sql } from 'kysely';
import type { Store } from '../store.js';
import { listStatistics } from '../migrations/0015-list-statistics.js';
import { openPostgresStore } from './open-postgres-store.js';

let store: Store;

beforeEach(async () => {
  store = await openPostgresStore(
    await newTestDatabase(process.env['ANYFORGE_TEST_POSTGRES'] ?? ''),
    () => new Date(),
  );
});

afterEach(() => store.close());

const fill = (lists: readonly string[]) =>
  sql`insert into permissions (generation, forge_id, git_provider_id, path_key, level, level_rank, native)
    select list, number::text, 'provider', 'acme/' || number, 'read', 1, 'pull'
    from unnest(${lists}::text[]) list, generate_series(1, 2000) number`.execute(store.database);

it('a list is not looked for among everybody’s because it was all there was when PostgreSQL last counted', async () => {
  await fill(['first']);
  await sql`analyze permissions`.execute(store.database);
  await fill(Array.from({ length: 50 }, (_, number) => `later-${String(number)}`));
  const { rows } = await sql<{ readonly 'QUERY PLAN': string }>`
    explain select count(*) from permissions where generation in ('first')`.execute(store.database);
  expect(rows.map((row) => row['QUERY PLAN']).join('\n')).toContain('Index');
});

it('what was counted before is forgotten, and nothing is written again for it', async () => {
  const files = async () => {
    const { rows } = await sql`select relname, relfilenode from pg_class
      where relname like 'permissions%' order by relname`.execute(store.database);
    return rows;
  };
  const counted = async () => {
    const { rows } = await sql`select attname from pg_stats
      where tablename = 'permissions' and attname in ('generation', 'forge_id') order by attname`.execute(
      store.database,
    );
    return rows;
  };
  await sql`alter table permissions alter column generation set statistics -1`.execute(store.database);
  await fill(['first']);
  await sql`analyze permissions`.execute(store.database);
  expect(await counted()).toEqual([{ attname: 'forge_id' }, { attname: 'generation' }]);
  const before = await files();
  await listStatistics.up(store.database);
  expect(await counted()).toEqual([{ attname: 'forge_id' }]);
  expect(await files()).toEqual(before);
});
