import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { sql } from 'kysely';
import { openTestStore } from '../testing/test-database.js';
import { TestClock } from '../testing/test-clock.js';
import { isUniqueViolation } from './database-error.js';
import { inOneSnapshot } from './one-snapshot.js';
import type { Store } from './store.js';

/** What the hub relies on, on each database. */
describe('a store', () => {
  let folder: string;
  let store: Store;
  let clock: TestClock;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'anyforge-hub-'));
    clock = new TestClock();
    store = await openTestStore(folder, clock);
  });

  afterEach(async () => {
    await store.close();
    await rm(folder, { recursive: true, force: true });
  });

  const put = (key: string, value = '') => store.database.insertInto('meta').values({ key, value }).execute();
  const keys = async () =>
    (await store.database.selectFrom('meta').select('key').orderBy('key').execute()).map(({ key }) => key);

  it('tells the time in whole milliseconds, and that it passes', async () => {
    const before = await store.now();
    expect(Number.isInteger(before)).toBe(true);
    clock.advance(1);
    expect(await store.now()).toBeGreaterThan(before);
  });

  describe('given rows as JSON', () => {
    interface Row {
      readonly text: string;
      readonly noText: string | null;
      readonly number: number;
      readonly noNumber: number | null;
    }

    const columns = { text: ['text', 'noText'], integer: ['number', 'noNumber'] } as const;

    it('reads every kind of value as it was', async () => {
      const rows: readonly Row[] = [
        { text: 'Ünïcödé 🦀 \' " \\ \n\t $.a ${b}', noText: null, number: 1_800_000_000_123, noNumber: null },
        { text: '', noText: 'null', number: -1, noNumber: 0 },
        { text: '007', noText: 'true', number: Number.MAX_SAFE_INTEGER, noNumber: 2 ** 31 },
        { text: '1e3', noText: '[]', number: Number.MIN_SAFE_INTEGER, noNumber: -(2 ** 31) - 1 },
      ];
      const read = await store.database
        .selectFrom(store.jsonRows(rows, columns).as('given'))
        .selectAll()
        .orderBy('text')
        .execute();
      expect(read).toHaveLength(rows.length);
      expect(read).toEqual(expect.arrayContaining([...rows]));
    });

    it('knows the type of a column in which every value is null', async () => {
      const rows = [{ id: 'a', attempts: null as number | null, ends: null as number | null }];
      await store.database
        .insertInto('attempt_limits')
        .columns(['key', 'attempts', 'window_ends_at'])
        .expression((expression) =>
          expression
            .selectFrom(store.jsonRows(rows, { text: ['id'], integer: ['attempts', 'ends'] }).as('given'))
            .select((given) => [
              'given.id',
              given.fn.coalesce('given.attempts', given.lit(3)).as('attempts'),
              given.fn.coalesce('given.ends', given.lit(4)).as('ends'),
            ])
            .where(sql.lit(true)),
        )
        .execute();
      expect(await store.database.selectFrom('attempt_limits').selectAll().execute()).toEqual([
        { key: 'a', attempts: 3, window_ends_at: 4 },
      ]);
    });

    it('reads none', async () => {
      const rows: readonly Row[] = [];
      const read = store.database.selectFrom(store.jsonRows(rows, columns).as('given')).selectAll().execute();
      expect(await read).toEqual([]);
    });

    it('takes 10,000 in one statement, and finds each by its key', async () => {
      const rows = Array.from({ length: 10_000 }, (_, index) => ({
        key: `key-${String(index).padStart(5, '0')}`,
        value: `${'x'.repeat(200)}🦀${String(index)}`,
      }));
      await store.database
        .insertInto('meta')
        .columns(['key', 'value'])
        .expression((expression) =>
          expression
            .selectFrom(store.jsonRows(rows, { text: ['key', 'value'], integer: [] }).as('given'))
            .select(['given.key', 'given.value'])
            .where(sql.lit(true)),
        )
        .execute();
      const found = await store.database
        .selectFrom(store.jsonRows(rows.slice(-3), { text: ['key'], integer: [] }).as('given'))
        .innerJoin('meta', 'meta.key', 'given.key')
        .select('meta.value')
        .orderBy('meta.key')
        .execute();
      expect(found).toEqual(rows.slice(-3).map(({ value }) => ({ value })));
    });
  });

  it('gives counts and sums as numbers, and what is true or false as 1 or 0', async () => {
    await put('a', '1');
    await put('b', '2');
    const [row] = (
      await sql`select count(*) as count, sum(length(value)) as sum, sum(cast(9007199254740991 as bigint)) / 2 as large,
        count(*) = 2 as yes, exists(select 1 from meta where key = 'none') as no from meta`.execute(
        store.database,
      )
    ).rows;
    expect(row).toEqual({ count: 2, sum: 2, large: Number.MAX_SAFE_INTEGER, yes: 1, no: 0 });
  });

  it('compares and sorts text by its bytes', async () => {
    const inOrder = ['', 'A', 'Z', '_', 'a', 'a b', 'a-b', 'a/b', 'a_b', 'ab', 'z', 'ä', 'ö', '０', '🦀'];
    for (const key of inOrder.toReversed()) await put(key);
    expect(await keys()).toEqual(inOrder);
    const after = await store.database
      .selectFrom('meta')
      .select('key')
      .where((expression) =>
        expression(expression.refTuple('key', 'value'), '>', expression.tuple('a/b', '')),
      )
      .orderBy('key')
      .limit(2)
      .execute();
    expect(after).toEqual([{ key: 'a_b' }, { key: 'ab' }]);
  });

  it('keeps text with characters that not every database has, with U+FFFD in their place', async () => {
    await put('a\0da', 'half \uD83E of a pair, whole 🦀');
    const rows = await store.database.selectFrom('meta').selectAll().where('key', '=', 'a\0da').execute();
    expect(rows).toEqual([{ key: 'a\uFFFDda', value: 'half \uFFFD of a pair, whole 🦀' }]);
  });

  it('tells capitals apart when it looks for a part of a text', async () => {
    for (const key of ['acme/a_b', 'acme/axb', 'ACME/a_b']) await put(key);
    const found = await store.database
      .selectFrom('meta')
      .select('key')
      .where(sql<boolean>`key like ${'acme/a\\_%'} escape '\\'`)
      .execute();
    expect(found).toContainEqual({ key: 'acme/a_b' });
    expect(found).not.toContainEqual({ key: 'acme/axb' });
  });

  it('tells a unique violation, without the value, and works on after it', async () => {
    await put('a secret', 'b');
    const error = await put('a secret', 'c').catch((error: unknown) => error);
    expect(isUniqueViolation(error)).toBe(true);
    expect(String(error)).not.toContain('a secret');
    expect(Object.keys(error as object)).toEqual(['name', 'kind']);
    await put('another');
    expect(await keys()).toEqual(['a secret', 'another']);
  });

  it('tells no value that it can not take', async () => {
    const error = await sql`select cast(${'a secret'} as bigint) + ${'a secret'} from missing`
      .execute(store.database)
      .catch((error: unknown) => error);
    expect(error).toMatchObject({ name: 'DatabaseError', kind: 'other' });
    expect(JSON.stringify(error) + String(error)).not.toContain('a secret');
  });

  it('undoes everything in a transaction that fails, and tells why it failed', async () => {
    const failing = store.database.transaction().execute(async (transaction) => {
      await transaction.insertInto('meta').values({ key: 'a', value: 'b' }).execute();
      throw new Error('Changed my mind.');
    });
    await expect(failing).rejects.toThrow('Changed my mind.');
    const refused = store.database.transaction().execute(async (transaction) => {
      await transaction.insertInto('meta').values({ key: 'a', value: 'b' }).execute();
      await transaction.insertInto('meta').values({ key: 'a', value: 'b' }).execute();
    });
    await expect(refused).rejects.toMatchObject({ kind: 'unique_violation' });
    expect(await keys()).toEqual([]);
  });

  it('loses no update of those who lock the row first', async () => {
    await put('count', '0');
    const add = () =>
      store.database.transaction().execute(async (transaction) => {
        const row = await transaction
          .selectFrom('meta')
          .select('value')
          .where('key', '=', 'count')
          .forUpdate()
          .executeTakeFirstOrThrow();
        await transaction
          .updateTable('meta')
          .set({ value: String(Number(row.value) + 1) })
          .where('key', '=', 'count')
          .execute();
      });
    await Promise.all(Array.from({ length: 30 }, add));
    expect(await store.database.selectFrom('meta').select('value').execute()).toEqual([{ value: '30' }]);
  });

  it('lets one in at a time who lock the same name, and others who lock another', async () => {
    const seen: string[] = [];
    const enter = (name: string, person: string) =>
      store.database.transaction().execute(async (transaction) => {
        await store.lock(transaction, name);
        seen.push(`${person} in`);
        await transaction.selectFrom('meta').selectAll().execute();
        await transaction.selectFrom('meta').selectAll().execute();
        seen.push(`${person} out`);
      });
    await Promise.all(Array.from({ length: 10 }, (_, index) => enter('room', String(index))));
    for (let index = 0; index < seen.length; index += 2) {
      expect(seen[index + 1]).toBe(seen[index]?.replace('in', 'out'));
    }
  });

  it('runs transactions that are in the way of each other, one after the other', async () => {
    for (const key of ['a', 'b']) await put(key, '0');
    const touch = async (...order: readonly string[]) => {
      await store.database.transaction().execute(async (transaction) => {
        for (const key of order) {
          await transaction
            .updateTable('meta')
            .set((expression) => ({ value: sql`${expression.ref('value')} || '1'` }))
            .where('key', '=', key)
            .execute();
        }
      });
    };
    await Promise.all(
      Array.from({ length: 10 }, (_, index) => (index % 2 === 0 ? touch('a', 'b') : touch('b', 'a'))),
    );
    expect(await store.database.selectFrom('meta').select('value').execute()).toEqual(
      Array(2).fill({ value: '01111111111' }),
    );
  });

  it('reads one snapshot, whatever is committed meanwhile', async () => {
    await put('a');
    let written: Promise<unknown> = Promise.resolve();
    const counts = await inOneSnapshot(store.database, async (snapshot) => {
      const count = async () => (await snapshot.selectFrom('meta').select('key').execute()).length;
      const first = await count();
      written = put('b');
      if (store.shared) await written;
      return [first, await count()];
    });
    expect(counts).toEqual([1, 1]);
    await written;
    expect(await keys()).toEqual(['a', 'b']);
  });

  it('counts what a statement changed', async () => {
    for (const key of ['a', 'b', 'c']) await put(key);
    const { numUpdatedRows } = await store.database
      .updateTable('meta')
      .set({ value: 'x' })
      .where('key', '!=', 'a')
      .executeTakeFirstOrThrow();
    const { numDeletedRows } = await store.database.deleteFrom('meta').executeTakeFirstOrThrow();
    expect([numUpdatedRows, numDeletedRows]).toEqual([2n, 3n]);
  });

  it('is not failed by being closed, and takes nothing after it', async () => {
    await store.close();
    expect(await Promise.race([store.failed, Promise.resolve('well')])).toBe('well');
    await expect(store.database.selectFrom('meta').selectAll().execute()).rejects.toThrow(/destroyed/);
  });
});
