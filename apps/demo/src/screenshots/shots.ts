import { gitlabLimitFault } from '@anyforge/forge-simulator';
import type { Page } from 'playwright-core';
import type { Demo } from '../demo.js';
import type { AccountHolder } from '../server/people.js';

/** A picture of one screen in one state. */
export interface Shot {
  readonly name: string;
  /** Who is signed in; nobody when absent. */
  readonly person?: AccountHolder;
  /** Where, below the server's address. */
  readonly path: string | ((demo: Demo) => Promise<string>);
  /** Whether something goes on there, so that the network is never quiet. */
  readonly live?: boolean;
  /** Called before anything is loaded. */
  readonly prepare?: (page: Page) => Promise<void>;
  /** Brings the page into its state; by itself it is as it was loaded. Called once everything has been loaded. */
  readonly arrange?: (page: Page) => Promise<void>;
}

/** The page of a repository of Maya's. */
async function repositoryPath({ visitors }: Demo, search: string): Promise<string> {
  const { items } = await visitors.maya.api.GET('/repositories', { params: { query: { search } } });
  const [first] = items;
  if (first === undefined) throw new Error(`Maya sees no repository '${search}'.`);
  return `/repositories/${first.id}`;
}

const gitProviderPath =
  (key: keyof Demo['providers']) =>
  ({ providers }: Demo): Promise<string> =>
    Promise.resolve(`/git-providers/${providers[key].id}`);

/** Starts a sync, or joins the one that runs, until nothing is left of it but to wait for a forge, for long. */
async function syncUntilItWaits({ visitors, forges }: Demo): Promise<void> {
  const { api } = visitors.maya;
  const { faults } = forges.gitlab.simulator;
  faults.clear();
  faults.add({
    match: { surface: 'api', path: '/projects' },
    effect: gitlabLimitFault({ of: 'endpoint', retryAfter: 600 }),
  });
  let sync = await api.POST('/syncs');
  while (sync.state !== 'waiting') {
    const params = { path: { id: sync.id }, query: { after: String(sync.revision) } };
    if (sync.finishedAt !== undefined) throw new Error('The sync ended without a wait.');
    sync = await api.GET('/syncs/{id}', { params });
  }
}

/** In the order in which they are taken: what changes something comes last. */
export const shots: readonly Shot[] = [
  {
    name: 'set-up',
    path: '/set-up',
    prepare: async (page) => {
      await page.route('**/api/v1/setup', (route) =>
        route.request().method() === 'GET'
          ? route.fulfill({ json: { needed: true, codeRequired: false } })
          : route.continue(),
      );
    },
  },
  { name: 'sign-in', path: '/sign-in' },
  { name: 'repositories', person: 'maya', path: '/repositories?sort=updatedAt&direction=desc' },
  { name: 'repositories-search', person: 'maya', path: '/repositories?search=portal' },
  { name: 'repositories-empty', person: 'jonas', path: '/repositories' },
  { name: 'repository', person: 'maya', path: (demo) => repositoryPath(demo, 'halden/api-gateway') },
  {
    name: 'why',
    person: 'maya',
    path: ({ providers }) =>
      Promise.resolve(
        `/why?${new URLSearchParams({ gitProvider: providers.github.id, path: 'halden-labs/tactile-skin' }).toString()}`,
      ),
  },
  { name: 'git-providers', person: 'maya', path: '/git-providers' },
  { name: 'git-providers-attention', person: 'priya', path: '/git-providers' },
  { name: 'add-git-provider', person: 'maya', path: '/git-providers/new' },
  { name: 'git-provider', person: 'maya', path: gitProviderPath('github') },
  {
    name: 'organization-settings',
    person: 'maya',
    path: gitProviderPath('research'),
    arrange: async (page) => {
      await page
        .getByRole('heading', { name: 'Organization settings' })
        .evaluate((heading: { style: { scrollMarginTop: string }; scrollIntoView: () => void }) => {
          heading.style.scrollMarginTop = '5rem';
          heading.scrollIntoView();
        });
    },
  },
  { name: 'connection', person: 'jonas', path: gitProviderPath('gitlab') },
  { name: 'syncs', person: 'maya', path: '/syncs' },
  { name: 'health', person: 'maya', path: '/health' },
  { name: 'people', person: 'maya', path: '/people' },
  { name: 'account', person: 'maya', path: '/account' },
  {
    name: 'sync',
    person: 'maya',
    live: true,
    path: async (demo) => {
      await syncUntilItWaits(demo);
      return '/git-providers';
    },
    arrange: (page) => page.getByRole('button', { name: /^Syncing/ }).click(),
  },
];
