import type { Forge } from './forges.js';
import type { AddedProvider } from './page-world.js';
import type { PageServer } from './page-server.js';
import type { GithubSimulator, GitlabSimulator } from '@anyforge/forge-simulator';

type Username = 'ada' | 'eve';

/** A token that somebody makes at the GitHub, with all that is needed. */
export function githubToken(forge: Forge<GithubSimulator>, username: Username): string {
  const scopes = ['repo', 'read:org', 'read:user'];
  return forge.simulator.tokens.issue({ kind: 'classic', person: forge[username], scopes });
}

/** A token that somebody makes at the GitLab, with all that is needed. */
export function gitlabToken(forge: Forge<GitlabSimulator>, username: Username): string {
  const scopes = ['read_api', 'read_repository'];
  return forge.simulator.tokens.issue({ kind: 'personal', person: forge[username], scopes });
}

/** Signs somebody in to a git provider through the API. @returns when their repositories are listed */
export async function connect(
  server: PageServer,
  username: Username,
  { id }: AddedProvider,
  token: string,
): Promise<void> {
  const { api } = await server.person(username);
  await api.PUT('/git-providers/{id}/connection', { params: { path: { id } }, body: { token } });
  const { items } = await api.GET('/syncs');
  for (const sync of items)
    for await (const { state } of api.watchSync(sync.id))
      if (state === 'failed') throw new Error(`The first sync of ${username} has failed.`);
}
