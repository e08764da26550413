import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { FakeRequest } from '../testing/fake-forge.js';
import { fakeRepository } from '../testing/fake-forge.js';
import { callerOf } from '../testing/callers.js';
import { gate, syncEnd, visiblePaths } from '../testing/test-hub.js';
import { administrator, ChangesBench } from '../git-providers/changes-bench.fixture.js';

const isPage =
  (page: number, times = 1) =>
  (request: FakeRequest, earlier: readonly FakeRequest[]) =>
    request.kind === 'page' &&
    request.page === page &&
    earlier.filter((each) => each.kind === 'page' && each.page === page).length === times;

/** Where an attempt is when something happens to it. */
const moments = {
  'reads the list': isPage(1),
  'asks who it is': ({ kind }: FakeRequest) => kind === 'identity',
  'asks for what is missing': ({ kind }: FakeRequest) => kind === 'repository',
  'reads the list once more': isPage(1, 2),
};

describe('an attempt', () => {
  let bench: ChangesBench;
  let id: string;

  const permissions = async (): Promise<number> =>
    (await bench.store.database.selectFrom('permissions').select('forge_id').execute()).length;

  beforeEach(async () => {
    bench = await ChangesBench.open();
    bench.forge.pageSize = 1;
    bench.ada.repositories = Array.from({ length: 6 }, (_, index) =>
      fakeRepository(String(index), { path: `acme/${String(index)}`, visibility: 'public' }),
    );
    id = await bench.add();
    await bench.signIn('ada', id);
    // Less than half is left, and what has left can be looked at by everybody.
    bench.ada.unlisted = bench.ada.repositories.slice(2);
    bench.ada.repositories = bench.ada.repositories.slice(0, 2);
    bench.forge.requests.length = 0;
    bench.clock.advance(1000);
  });

  afterEach(() => bench.close());

  const update = (change: object) => bench.hub.gitProviders.update(administrator, id, change);

  const events: Readonly<Record<string, () => Promise<{ readonly sees: readonly string[] }>>> = {
    'its person signs out': async () => {
      await bench.hub.connections.signOut(callerOf('ada'), id);
      return { sees: [] };
    },
    'its person signs in as somebody else': async () => {
      bench.bob.repositories = [fakeRepository('9', { path: 'bob/own' })];
      await bench.hub.connections.putToken(callerOf('ada'), id, { token: 'token-of-bob' });
      return { sees: ['bob/own'] };
    },
    'the settings change': async () => {
      await update({ patterns: ['**', '!acme/1'] });
      return { sees: ['acme/0'] };
    },
    'the policy changes': async () => {
      await update({ syncPolicy: 'revoke-first' });
      return { sees: ['acme/0', 'acme/1'] };
    },
    'its git provider is removed': async () => {
      await bench.hub.gitProviders.remove(administrator, id, { name: 'Forge' });
      return { sees: [] };
    },
    'its sync is cancelled': async () => {
      const [sync] = await bench.hub.syncs.list('ada');
      await bench.hub.syncs.cancel('ada', sync?.id ?? '');
      return { sees: ['acme/0', 'acme/1', 'acme/2', 'acme/3', 'acme/4', 'acme/5'] };
    },
    'what lies outside is cleaned up': async () => {
      await update({ patterns: ['!acme/1', 'acme/*', '!acme/1'] });
      await bench.hub.organizationSettings.cleanUp(
        administrator,
        id,
        await bench.hub.organizationSettings.outside(id),
      );
      return { sees: ['acme/0'] };
    },
  };

  for (const [moment, isThen] of Object.entries(moments)) {
    for (const [event, happens] of Object.entries(events)) {
      it(`that ${moment} leaves no trace when ${event}`, async () => {
        const reached = gate();
        const held = gate();
        let isHeld = false;
        bench.forge.before = (request) => {
          if (isHeld || !isThen(request, bench.forge.requests)) return undefined;
          isHeld = true;
          reached.open();
          return held.opened;
        };
        const { id: syncId } = await bench.hub.syncs.start('ada');
        await reached.opened;
        const { sees } = await happens();
        held.open();
        await syncEnd(bench.hub, 'ada', syncId);
        expect(await visiblePaths(bench.hub, 'ada')).toEqual(sees);

        // What the hub is sweeping meanwhile is left to it.
        while ((await permissions()) > sees.length) await bench.sweep();
        expect(await permissions()).toBe(sees.length);
      });
    }
  }
});
