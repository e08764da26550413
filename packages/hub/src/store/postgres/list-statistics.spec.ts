import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { newTestDatabase } from '@anyforge/test-postgres';
import { sql } from 'kysely';
import type { Store } from '../store.js';
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
