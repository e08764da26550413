import { describe, expect, it } from '@jest/globals';
import { createFakeClock, createScriptedFetch } from '@anyforge/provider-kit/testing';
import { giteaPlugin } from './index.js';

const most = 20;

const names = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, index) => from + index);

/** A listing of organizations, which a test changes before its answers. */
interface Forge {
  ids: readonly number[];
  most: number;
  readonly links: boolean;
  readonly tellsTotal: boolean;
  readonly before?: (request: number, forge: Forge) => void;
}

function setUp(change: Partial<Forge>) {
  const forge: Forge = { ids: [], most, links: true, tellsTotal: true, ...change };
  let listed = 0;
  const { fetch, requests } = createScriptedFetch(({ url }) => {
    const { pathname, searchParams } = new URL(url);
    if (pathname.endsWith('/settings/api')) return { body: { max_response_items: most } };
    if (pathname.endsWith('/user')) return { body: { id: 2, login: 'ada' } };
    if (!pathname.endsWith('/user/orgs')) return { body: [] };
    listed += 1;
    forge.before?.(listed, forge);
    const limit = Math.min(Number(searchParams.get('limit')), forge.most);
    const page = Number(searchParams.get('page'));
    const body = forge.ids.slice((page - 1) * limit, page * limit).map((id) => ({ id, name: `o${id}` }));
    const link = [
      ...(page * limit < forge.ids.length ? [`<https://elsewhere/?page=${page + 1}>; rel="next"`] : []),
      ...(page > 1 ? [`<https://elsewhere/?page=${page - 1}>; rel="prev"`] : []),
    ].join(',');
    return {
      body,
      headers: {
        ...(forge.tellsTotal && { 'x-total-count': String(forge.ids.length) }),
        ...(forge.links && link !== '' && { link }),
      },
    };
  });
  const session = giteaPlugin
    .create({ baseUrl: 'https://git.example' }, { fetch, clock: createFakeClock() })
    .signIn({ kind: 'token', token: 'secret' });
  const list = async () => {
    const ids: number[] = [];
    for await (const { id } of session.organizations()) ids.push(Number(id));
    return ids;
  };
  const asked = () => requests.filter(({ url }) => new URL(url).pathname.endsWith('/user/orgs')).length;
  return { list, asked };
}

describe('a listing that is not in the order of ids', () => {
  it.each([true, false])('is read once while nothing changes (links: %s)', async (links) => {
    const { list, asked } = setUp({ ids: names(1, 30), links });
    expect(await list()).toEqual(names(1, 30));
    expect(asked()).toBe(links ? 2 : 3);
  });

  it.each([true, false])('is read whole where pages get smaller meanwhile (links: %s)', async (links) => {
    const { list } = setUp({
      ids: names(1, 31),
      links,
      before: (request, forge) => {
        if (request === 2) forge.most = 12;
      },
    });
    expect(await list()).toEqual(names(1, 31));
  });

  it('has what moved back past the reader, once', async () => {
    for (let moment = 2; moment <= 4; moment += 1) {
      const { list } = setUp({
        ids: names(1, 50),
        before: (request, forge) => {
          if (request === moment) forge.ids = [50, ...names(1, 49)];
        },
      });
      expect((await list()).toSorted((one, other) => one - other)).toEqual(names(1, 50));
    }
  });

  it('has what moved back past the reader while another went that was read', async () => {
    const { list } = setUp({
      ids: names(1, 50),
      before: (request, forge) => {
        if (request === 2) forge.ids = [50, ...names(2, 49)];
      },
    });
    expect(await list()).toContain(50);
  });

  it('is read twice where no total is told, and has what moved back past the reader', async () => {
    const still = setUp({ ids: names(1, 50), tellsTotal: false });
    expect(await still.list()).toEqual(names(1, 50));
    for (let moment = 2; moment <= 4; moment += 1) {
      const { list } = setUp({
        ids: names(1, 50),
        tellsTotal: false,
        before: (request, forge) => {
          if (request === moment) forge.ids = [50, ...names(1, 49)];
        },
      });
      expect((await list()).toSorted((one, other) => one - other)).toEqual(names(1, 50));
    }
  });

  it('is given up when its items never stay where they are', async () => {
    const { list } = setUp({
      ids: names(1, 50),
      before: (_, forge) => {
        forge.ids = [...forge.ids.slice(-5), ...forge.ids.slice(0, -5)];
      },
    });
    await expect(list()).rejects.toMatchObject({ kind: 'unavailable' });
  });
});
