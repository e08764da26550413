import { randomBytes } from 'node:crypto';
import { createHash } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { addConnection, openTestResources } from '../testing/test-store.js';
import type { AnswerRoom } from './answer-writer.js';
import { Answers } from './answers.js';
import { removeAnswers } from './stored-answers.js';

const dayMs = 24 * 60 * 60 * 1000;

const nameOf = (account: string, request: string): string =>
  `github:${createHash('sha256').update(account).digest('hex')}:${request}`;
const entry = (body: string) => ({ etag: 'W/"1"', value: { headers: [['link', '<x>; rel="next"']], body } });

describe('answers', () => {
  let folder: string;
  let resources: Awaited<ReturnType<typeof openTestResources>>;
  let connectionId: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'anyforge-answers-'));
    resources = await openTestResources(folder);
    ({ id: connectionId } = await addConnection(resources));
  });

  afterEach(async () => {
    await resources.store.close();
    await rm(folder, { recursive: true, force: true });
  });

  /** As in a process of its own. */
  const open = (room?: AnswerRoom, epoch = 1): Answers => {
    const answers = new Answers(resources, room);
    answers.expect({ connectionId, gitProviderId: 'provider', epoch });
    return answers;
  };
  const rows = () => resources.store.database.selectFrom('answers').selectAll().orderBy('id').execute();
  const key = (request: string, epoch = 1): string => nameOf(`${connectionId}.${epoch}`, request);

  it('are found by any process, as they were given', async () => {
    const answers = open();
    await answers.write(key('a'), entry('größe 🚀'));
    expect(await answers.read(key('a'))).toEqual(entry('größe 🚀'));
    await answers.settled();
    expect(await open().read(key('a'))).toEqual(entry('größe 🚀'));
    expect(await open().read(key('b'))).toBeUndefined();
  });

  it('are replaced by what the same request was answered since', async () => {
    const answers = open();
    await answers.write(key('a'), entry('one'));
    await answers.settled();
    await answers.write(key('a'), entry('two'));
    expect(await answers.read(key('a'))).toEqual(entry('two'));
    await answers.settled();
    expect(await open().read(key('a'))).toEqual(entry('two'));
    expect(await rows()).toHaveLength(1);
  });

  it('are kept by themselves after a while', async () => {
    const answers = open();
    await answers.write(key('a'), entry('one'));
    resources.clock.advance(2_000);
    await answers.close();
    expect(await rows()).toHaveLength(1);
  });

  it('are kept of nobody but whose sessions are opened with the name of their connection', async () => {
    const answers = open();
    await answers.write(nameOf('anonymous', 'a'), entry('one'));
    await answers.write('rubbish', entry('one'));
    await answers.settled();
    expect(await rows()).toEqual([]);
    expect(await answers.read(nameOf('anonymous', 'a'))).toBeUndefined();
  });

  it('lie sealed, and cannot be moved to another place', async () => {
    const answers = open();
    await answers.write(key('a'), entry('canary '.repeat(20)));
    await answers.settled();
    expect(JSON.stringify(await rows())).not.toMatch(/canary|W\/|link/);
    await resources.store.database
      .updateTable('answers')
      .set({ id: key('b') })
      .execute();
    await expect(open().read(key('b'))).rejects.toMatchObject({ kind: 'wrong_encryption_key' });
  });

  it('of a sign-in that has ended are not stored by those who were late', async () => {
    const answers = open();
    await answers.write(key('a'), entry('one'));
    await resources.store.database.transaction().execute(async (transaction) => {
      await removeAnswers(transaction, [connectionId]);
      await transaction.deleteFrom('connections').execute();
    });
    await answers.settled();
    expect(await rows()).toEqual([]);
  });

  it('to an earlier credential are not stored', async () => {
    const answers = open();
    await answers.write(key('a'), entry('one'));
    await resources.store.database.updateTable('connections').set({ epoch: 2 }).execute();
    await answers.settled();
    expect(await rows()).toEqual([]);
    const later = open(undefined, 2);
    later.expect({ connectionId, gitProviderId: 'provider', epoch: 1 });
    await later.write(key('a'), entry('two'));
    await later.write(key('a', 2), entry('three'));
    await later.settled();
    expect((await rows()).map(({ id }) => id)).toEqual([key('a', 2)]);
  });

  it('are looked for by name once, not page by page where there are none', async () => {
    const answers = open();
    const { length } = await statementsOf(async () => {
      for (const request of ['a', 'b', 'c', 'd']) {
        expect(await answers.read(key(request))).toBeUndefined();
        await answers.write(key(request), entry('one'));
      }
    });
    expect(length).toBe(1);
    await answers.settled();
    expect(await answers.read(key('a'))).toEqual(entry('one'));
    const after = await statementsOf(async () => {
      expect(await answers.read(key('e'))).toBeUndefined();
    });
    expect(after).toEqual([]);
  });

  it('take no more room than they have, in all and of one connection, and are still replaced then', async () => {
    const random = () => entry(randomBytes(3_000).toString('base64'));
    const rooms = [
      { inAll: 1024 ** 3, ofOne: 15_000 },
      { inAll: 15_000, ofOne: 1024 ** 3 },
    ];
    for (const room of rooms) {
      const answers = open(room);
      for (const request of ['a', 'b', 'c', 'd', 'e']) await answers.write(key(request), random());
      await answers.settled();
      const kept = await rows();
      expect(kept.length).toBeGreaterThan(1);
      expect(kept.reduce((sum, { bytes }) => sum + bytes, 0)).toBeLessThanOrEqual(15_000);
      const small = entry('small');
      await answers.write(key('a'), small);
      await answers.settled();
      expect(await open(room).read(key('a'))).toEqual(small);
      await resources.store.database.deleteFrom('answers').execute();
    }
  });

  it('go when nobody has asked for them in eight days', async () => {
    const answers = open();
    await answers.write(key('used'), entry('one'));
    await answers.write(key('unused'), entry('two'));
    await answers.settled();
    for (let day = 0; day < 9; day += 1) {
      resources.clock.advance(dayMs + 1);
      await answers.read(key('used'));
      await answers.settled();
    }
    await answers.sweep();
    expect((await rows()).map(({ id }) => id)).toEqual([key('used')]);
  });

  it('note their use once a day', async () => {
    const answers = open();
    await answers.write(key('a'), entry('one'));
    await answers.settled();
    const used = async () => (await rows()).map(({ used_at: at }) => at);
    const [stored = 0] = await used();
    resources.clock.advance(dayMs / 2);
    await answers.read(key('a'));
    await answers.settled();
    expect(await used()).toEqual([stored]);
  });

  it('cost no more than the saving when the database fails', async () => {
    const answers = open();
    await answers.write(key('a'), entry('one'));
    await resources.store.database.schema.alterTable('answers').renameTo('elsewhere').execute();
    await answers.settled();
    expect(resources.logger.lines.join()).toContain('Answers of forges could not be kept.');
    await resources.store.database.schema.alterTable('elsewhere').renameTo('answers').execute();
    await answers.write(key('b'), entry('two'));
    await answers.settled();
    expect((await rows()).map(({ id }) => id)).toEqual([key('b')]);
  });

  /** What is asked of the database meanwhile. */
  async function statementsOf(work: () => Promise<void>): Promise<readonly string[]> {
    const { database } = resources.store;
    const asked: string[] = [];
    const executor = database.getExecutor();
    const original = executor.executeQuery.bind(executor);
    executor.executeQuery = (query) => {
      asked.push(query.sql);
      return original(query);
    };
    await work();
    executor.executeQuery = original;
    return asked;
  }
});
