import { describe, expect, it } from '@jest/globals';
import type { Permission } from '@anyforge/core';
import { repositoryPermissions } from './permission-passes.js';
import { PermissionRounds } from './permission-rounds.js';
import { StartWalk } from './start-walk.js';

const levels = ['none', 'read', 'write', 'admin'] as const;
type Level = (typeof levels)[number];

/** Every order in which the three listings of a round can be answered. */
const orders = [
  [0, 1, 2],
  [0, 2, 1],
  [1, 0, 2],
  [1, 2, 0],
  [2, 0, 1],
  [2, 1, 0],
] as const;

const rankOf = (native: string) => repositoryPermissions.findIndex((each) => each.native === native);

/** Answers the requests of each round in an order of its own; `isListed` is asked at the moment of the answer. */
function inOrders(
  rounds: readonly (readonly number[])[],
  isListed: (moment: number, wanted: Level) => boolean,
): PermissionRounds<Permission> {
  const waiting = new Map<number, () => void>();
  let answered = 0;
  const answerAll = () => {
    const order = rounds[Math.floor(answered / 3)] ?? [];
    for (const rank of order) waiting.get(rank)?.();
    waiting.clear();
  };
  return new PermissionRounds<Permission>({
    walk: ({ native, level }) =>
      new StartWalk(
        (start) =>
          new Promise((resolve) => {
            waiting.set(rankOf(native), () => {
              const values = isListed(answered, level) ? [{ id: 7, wire: {} }] : [];
              answered += 1;
              resolve({ start, limit: 10, values, next: undefined });
            });
            if (waiting.size === 3) answerAll();
          }),
        { readAhead: false },
      ),
    read: (_listed, permission) => permission,
  });
}

async function readAll<Item>(rounds: PermissionRounds<Item>): Promise<Item[]> {
  const items: Item[] = [];
  while (!rounds.ended) items.push(...(await rounds.next({})));
  return items;
}

describe('the permissions that rounds tell', () => {
  const changes = levels.flatMap((before) => levels.map((after) => ({ before, after })));

  it.each(changes)(
    'are what they were or what they became, whenever one changes from $before to $after',
    async ({ before, after }) => {
      for (const first of orders)
        for (const second of orders)
          for (let change = 0; change <= 6; change += 1) {
            const levelAt = (moment: number): Level => (moment < change ? before : after);
            const told = await readAll(
              inOrders(
                [first, second, [0, 1, 2]],
                (moment, wanted) => levels.indexOf(levelAt(moment)) >= levels.indexOf(wanted),
              ),
            );
            expect(told.length).toBeLessThanOrEqual(1);
            const [permission] = told;
            // Half of it in the second round is neither what the first one showed nor what the third one does.
            const isSplit = change > 3 && change < 6;
            expect([before, after, ...(isSplit ? ['unknown'] : [])]).toContain(permission?.level ?? 'none');
          }
    },
  );

  it.each([
    { shown: [['read'], [], ['read', 'write']], told: [{ level: 'unknown' }] },
    { shown: [['read'], ['read', 'write'], ['read']], told: [{ level: 'read' }] },
    { shown: [['read'], ['read', 'write'], ['read', 'write']], told: [{ level: 'write' }] },
    { shown: [['read'], ['read', 'write'], []], told: [] },
    { shown: [['read'], [], ['read', 'write', 'admin']], told: [{ level: 'admin' }] },
  ])('are those that two rounds of three show, else unknown ($shown)', async ({ shown, told }) => {
    const [order] = orders;
    const rounds = inOrders([order, order, order], (moment, wanted) =>
      Boolean(shown[Math.floor(moment / 3)]?.includes(wanted)),
    );
    expect(await readAll(rounds)).toMatchObject(told);
  });

  it('are right of what moves within the listings once, at any moment, and nothing is lost', async () => {
    const pageSize = 4;
    for (const level of ['read', 'write', 'admin'] as const)
      for (const [from, to] of [
        [19, 0],
        [0, 19],
        [10, 3],
      ] as const)
        for (let change = 0; change < 60; change += 1) {
          const ids = Array.from({ length: 20 }, (_, index) => 100 + index);
          ids[from] = 7;
          const others: readonly Level[] = ['read', 'write', 'admin'];
          const levelOf = (id: number) => (id === 7 ? level : (others[id % 3] ?? 'read'));
          let asked = 0;
          const rounds = new PermissionRounds<{ id: number; level: string }>({
            walk: (wanted) =>
              new StartWalk(
                (start) => {
                  if (asked === change) ids.splice(to, 0, ...ids.splice(from, 1));
                  asked += 1;
                  const listed = ids.filter(
                    (id) => levels.indexOf(levelOf(id)) >= levels.indexOf(wanted.level),
                  );
                  const end = start + pageSize;
                  return Promise.resolve({
                    start,
                    limit: pageSize,
                    values: listed.slice(start, end).map((id) => ({ id, wire: {} })),
                    next: end < listed.length ? end : undefined,
                  });
                },
                { readAhead: true },
              ),
            read: ({ id }, permission) => ({ id, level: permission.level }),
          });
          const told = await readAll(rounds);
          const expected = ids.map((id) => `${id} ${levelOf(id)}`);
          expect(told.map((each) => `${each.id} ${each.level}`).toSorted()).toEqual(expected.toSorted());
        }
  });
});
