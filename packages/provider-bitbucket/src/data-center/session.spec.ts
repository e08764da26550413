import { afterEach, describe, expect, it } from '@jest/globals';
import type { CallEvent, Page, Paged, Repository } from '@anyforge/core';
import type {
  BitbucketDataCenterSimulator,
  BitbucketDataCenterSimulatorOptions,
  Person,
} from '@anyforge/forge-simulator';
import {
  bitbucketDataCenterRules,
  generateWorld,
  holdersOf,
  reachOf,
  startBitbucketDataCenterSimulator,
} from '@anyforge/forge-simulator';
import { bitbucketDataCenterPlugin } from '../index.js';

const running: BitbucketDataCenterSimulator[] = [];
afterEach(() => Promise.all(running.splice(0).map((simulator) => simulator.close())));

async function collect<T>(listing: Paged<T>): Promise<T[]> {
  const items: T[] = [];
  for await (const item of listing) items.push(item);
  return items;
}

async function collectPages<T>(listing: Paged<T>): Promise<Page<T>[]> {
  const pages: Page<T>[] = [];
  for await (const page of listing.pages()) pages.push(page);
  return pages;
}

async function setUp(options: Partial<BitbucketDataCenterSimulatorOptions> = {}, reach = 0.8) {
  const { world, viewer } = generateWorld({
    seed: 11,
    repositories: 300,
    reach,
    levels: ['read', 'write', 'admin'],
    customRoles: false,
    visibilities: ['private', 'private', 'public'],
  });
  const bitbucket = await startBitbucketDataCenterSimulator({
    world,
    pathPrefix: '/bitbucket',
    pageCaps: { repositories: 40, users: 4, projects: 2 },
    ...options,
  });
  running.push(bitbucket);
  const provider = () => bitbucketDataCenterPlugin.create({ baseUrl: `${bitbucket.webUrl}/` });
  const signIn = (person: Person) =>
    provider().signIn({ kind: 'token', token: bitbucket.tokens.issue({ kind: 'personal', person }) });
  return { world, viewer, bitbucket, provider, signIn, session: signIn(viewer) };
}

const summarize = ({ id, permission }: Repository) => `${id} ${permission.level} ${permission.native}`;
const words = { read: 'REPO_READ', write: 'REPO_WRITE', admin: 'REPO_ADMIN' } as const;

describe('the repositories of a session', () => {
  it.each(['all', 'shown'] as const)(
    'are all that the account was granted something on, each once with what it may do (starts count %s)',
    async (starts) => {
      const { world, viewer, session } = await setUp({ starts });
      const expected = [...reachOf(world, viewer, bitbucketDataCenterRules)].map(
        ([{ id }, { level }]) => `${id} ${level} ${words[level as keyof typeof words]}`,
      );
      const listed = await collect(session.repositories());
      expect(listed.map(summarize).toSorted()).toEqual(expected.toSorted());
      const levels = listed.map(({ permission }) => permission.level).join(' ');
      expect(levels).toMatch(/^(admin ?)+(write ?)+(read ?)+$/);
    },
  );

  it('take next to no more requests than there are pages', async () => {
    const { session, bitbucket } = await setUp({ starts: 'shown' });
    const listed = await collect(session.repositories());
    const count = (...levels: string[]) =>
      listed.filter(({ permission }) => levels.includes(permission.level)).length;
    const pages = (items: number) => Math.ceil((items - 40) / 30) + 1;
    expect(bitbucket.log.to('/repos')).toHaveLength(
      pages(count('admin')) + pages(count('admin', 'write')) + pages(listed.length),
    );
  });
});
