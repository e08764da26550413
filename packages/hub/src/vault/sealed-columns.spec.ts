import { createHash } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { ResponseCache } from '@anyforge/core';
import { sql } from 'kysely';
import { ada, config, openDraftBench } from '../drafts/draft-bench.fixture.js';
import type { DraftBench } from '../drafts/draft-bench.fixture.js';
import type { Caller } from '../people/caller.js';
import type { Store } from '../store/store.js';
import { programOf } from '../testing/callers.js';
import { openTestStore } from '../testing/test-database.js';
import { syncEnd } from '../testing/test-hub.js';
import { sealedColumns } from './sealed-columns.js';
import { sealedPrefix } from './vault.js';

const program: Caller = programOf(ada.personId);

describe('the list of sealed columns', () => {
  let bench: DraftBench;
  let responses: ResponseCache | undefined;

  beforeEach(async () => {
    bench = await openDraftBench({
      providerContext: (stores) => {
        ({ responses } = stores);
        return {};
      },
    });
  });

  afterEach(() => bench.hubs.cleanUp());

  it('has every column in which sealed values stand, and no other', async () => {
    const { hub, hubs, dataDirectory } = bench;
    const { id: gitProviderId } = await hub.gitProviders.create(ada, { name: 'Ours', type: 'fake', config });
    const { syncId } = await hub.connections.putToken(ada, gitProviderId, { token: 'access-of-ada' });
    await syncEnd(hub, ada.personId, syncId);
    const { key = '' } = bench.forge.forge.requests.findLast((request) => request.kind === 'page') ?? {};
    const account = createHash('sha256').update(key).digest('hex');
    await responses?.write(`fake:${account}:request`, { etag: '"1"', value: 'what the forge said' });
    await bench.signIn((await bench.newDraft()).id);
    // One that waits for the forge, and one that waits for the person.
    await hub.signIns.start(ada, { gitProviderId });
    const { authorizationUrl = '' } = await hub.signIns.start(program, { gitProviderId });
    const state = new URL(authorizationUrl).searchParams.get('state') ?? '';
    await hub.signIns.finish(ada, { gitProviderId, search: `?state=${state}&code=ada` });
    await hub.close();

    const store = await openTestStore(dataDirectory, hubs.clock);
    const found = await findSealed(store);
    await store.close();
    const listed = sealedColumns.map(({ table, column }) => `${table}.${column}`);
    expect(found.filter((place) => place !== 'meta.value').sort()).toEqual(listed.sort());
  });
});

async function findSealed({ database }: Store): Promise<readonly string[]> {
  const found: string[] = [];
  for (const table of await database.introspection.getTables()) {
    for (const { name } of table.columns) {
      const { rows } =
        await sql`select 1 from ${sql.id(...(table.schema === undefined ? [] : [table.schema]), table.name)}
        where cast(${sql.ref(name)} as text) like ${`${sealedPrefix()}%`} limit 1`.execute(database);
      if (rows.length > 0) found.push(`${table.name}.${name}`);
    }
  }
  return found;
}
