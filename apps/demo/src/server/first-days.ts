import { tokenOf } from '../forges/demo-forge.js';
import { signInAtForge, signInWithToken, synchronize } from './connections.js';
import type { AddedProvider, AddedProviders } from './git-providers.js';
import { changeGitProvider } from './git-providers.js';
import type { Visitor } from './visitor.js';
import type { Visitors } from './people.js';

/** What has happened on the server before somebody looks at it: sign-ins, syncs, and what went wrong. */
export async function liveThroughFirstDays(visitors: Visitors, providers: AddedProviders): Promise<void> {
  const { maya, tomas, priya } = visitors;
  const { github, gitlab, research, dataCenter } = providers;
  const members = Promise.all([
    signInWithToken(tomas, 'tomas', github).then(() => signInWithToken(tomas, 'tomas', dataCenter)),
    signInAtForge(priya, 'priya', gitlab).then(() => signInWithToken(priya, 'priya', github)),
  ]);
  await signInAtForge(maya, 'maya', github);
  await signInAtForge(maya, 'maya', gitlab);
  await signInWithToken(maya, 'maya', research);
  await signInAtForge(maya, 'maya', dataCenter);
  await restrict(maya, research);
  await members;

  github.forge.revokeToken(tokenOf(github.forge, 'priya').token);
  await synchronize(priya);
  await whileDown(dataCenter, () => synchronize(maya));
}

/** Lists what is below one group only, and of that not all. What was listed before waits to be cleaned up. */
async function restrict({ api }: Visitor, { id }: AddedProvider): Promise<void> {
  const { items } = await api.GET('/git-providers/{id}/organizations', { params: { path: { id } } });
  const organizations = items
    .filter(({ path }) => path === 'research')
    .map(({ id: organizationId, path }) => ({ id: organizationId, path }));
  await changeGitProvider(api, id, { organizations, patterns: ['**', '!research/*-sweep-*'] });
}

async function whileDown<T>({ forge }: AddedProvider, work: () => Promise<T>): Promise<T> {
  const fault = forge.simulator.faults.add({
    match: { surface: 'api' },
    times: Infinity,
    effect: { kind: 'html-page', status: 503 },
  });
  try {
    return await work();
  } finally {
    fault.remove();
  }
}
