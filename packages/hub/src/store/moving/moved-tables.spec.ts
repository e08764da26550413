import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import { openTestResources } from '../../testing/test-store.js';
import { jobSchema } from '../postgres/job-tables.js';
import { leftTables, movedTables } from './moved-tables.js';

it('every table either goes along to another database, or is known to stay behind', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'anyforge-hub-'));
  const { store } = await openTestResources(folder);
  const tables = await store.database.introspection.getTables();
  // Jobs are made anew of the tasks that are due.
  const ours = tables.filter(({ schema }) => schema !== jobSchema).map(({ name }) => name);
  expect([...movedTables, ...leftTables].toSorted()).toEqual(ours.toSorted());
  await store.close();
  await rm(folder, { recursive: true });
});
