import { tokenOf } from '../forges/demo-forge.js';
import { signInAtForge, signInWithToken, synchronize } from './connections.js';
import type { AddedProvider, AddedProviders } from './git-providers.js';
import { changeGitProvider } from './git-providers.js';
import type { Visitors } from './people.js';
import type { Visitor } from './visitor.js';

/** What happens on a day before the demo, in its order. */
export interface FirstDay {
  readonly daysAgo: number;
  readonly happens: (visitors: Visitors, providers: AddedProviders) => Promise<unknown>;
}

/** People sign in, synchronize day after day, and some of it goes wrong: so that the server has a history. */
export const firstDays: readonly FirstDay[] = [
  { daysAgo: 6.2, happens: signIn },
  { daysAgo: 5.1, happens: synchronizeAll },
  { daysAgo: 4.3, happens: synchronizeAll },
  { daysAgo: 3.2, happens: (visitors, { gitlab }) => behindPortal(gitlab, () => synchronizeAll(visitors)) },
  { daysAgo: 3.1, happens: synchronizeAll },
  { daysAgo: 2.2, happens: synchronizeAll },
  { daysAgo: 1.4, happens: synchronizeAll },
  { daysAgo: 0.9, happens: ({ maya }, { research }) => restrict(maya, research) },
  { daysAgo: 0.3, happens: synchronizeAll },
  { daysAgo: 0.11, happens: losePriyasToken },
  {
    daysAgo: 0.012,
    happens: ({ maya }, { dataCenter }) => behindPortal(dataCenter, () => synchronize(maya)),
  },
];

async function signIn({ maya, tomas, priya }: Visitors, providers: AddedProviders): Promise<void> {
  const { github, gitlab, research, dataCenter } = providers;
  await signInAtForge(maya, 'maya', github);
  await signInAtForge(maya, 'maya', gitlab);
  await signInWithToken(maya, 'maya', research);
  await signInAtForge(maya, 'maya', dataCenter);
  await signInWithToken(tomas, 'tomas', github);
  await signInWithToken(tomas, 'tomas', dataCenter);
  await signInAtForge(priya, 'priya', gitlab);
  await signInWithToken(priya, 'priya', github);
  await maya.api.POST('/api-tokens', { body: { name: 'Nightly report', scopes: ['read'] } });
}

async function synchronizeAll({ maya, tomas, priya }: Visitors): Promise<void> {
  await Promise.all([maya, tomas, priya].map(synchronize));
}

async function losePriyasToken({ priya }: Visitors, { github: { forge } }: AddedProviders): Promise<void> {
  forge.revokeToken(tokenOf(forge, 'priya').token);
  await synchronize(priya);
}

/** Lists what is below one group only, and of that not all. What was listed before waits to be cleaned up. */
async function restrict({ api }: Visitor, { id }: AddedProvider): Promise<void> {
  const { items } = await api.GET('/git-providers/{id}/organizations', { params: { path: { id } } });
  const organizations = items
    .filter(({ path }) => path === 'research')
    .map(({ id: organizationId, path }) => ({ id: organizationId, path }));
  await changeGitProvider(api, id, { organizations, patterns: ['**', '!research/*-sweep-*'] });
}

/** Something between the server and a forge answers in the forge's place, as the page of a hotel's network does. */
async function behindPortal<T>({ forge }: AddedProvider, work: () => Promise<T>): Promise<T> {
  const fault = forge.simulator.faults.add({
    match: { surface: 'api' },
    times: Infinity,
    effect: { kind: 'html-page', status: 200 },
  });
  try {
    return await work();
  } finally {
    fault.remove();
  }
}
