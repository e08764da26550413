import type { ForgeSimulator, GithubSimulator, GitlabSimulator } from '@anyforge/forge-simulator';
import type { Forge } from './forges.js';
import { startGithub, startGitlab } from './forges.js';
import type { ServerSettings } from './page-server.js';
import { administrator, PageServer } from './page-server.js';

/** A server with the page, to which no git provider has been added, and two forges. */
export interface PageWorld {
  readonly server: PageServer;
  readonly github: Forge<GithubSimulator>;
  readonly gitlab: Forge<GitlabSimulator>;
  close(): Promise<void>;
}

/** @param settings more of the server's settings */
export async function startPageWorld(settings: ServerSettings = {}): Promise<PageWorld> {
  const [server, github, gitlab] = await Promise.all([
    PageServer.start(settings),
    startGithub(),
    startGitlab(),
  ]);
  const close = async (): Promise<void> => {
    await server.close();
    await Promise.all([github.simulator.close(), gitlab.simulator.close()]);
  };
  return { server, github, gitlab, close };
}

/** A git provider as it was added through the API. */
export interface AddedProvider {
  readonly id: string;
  readonly name: string;
}

export interface NewProvider {
  readonly name: string;
  readonly type: 'github' | 'gitlab';
  readonly forge: Forge<ForgeSimulator>;
}

/** Adds a git provider through the API, with an OAuth application that is registered at its forge. */
export async function addProvider(
  server: PageServer,
  { name, type, forge }: NewProvider,
): Promise<AddedProvider> {
  const { api } = await server.person(administrator);
  const baseUrl = forge.simulator.webUrl;
  const { id } = await api.POST('/git-providers', { body: { name, type, config: { baseUrl } } });
  const { clientId, clientSecret } = forge.simulator.oauth.registerClient({
    name: 'anyforge',
    redirectUris: [`${server.url}/oauth/callback/${id}`],
  });
  const params = { path: { id } };
  const { headers } = await api.withHeaders.GET('/git-providers/{id}', { params });
  await api.PATCH('/git-providers/{id}', {
    params: { ...params, header: { 'If-Match': headers.get('etag') ?? '' } },
    body: { config: { baseUrl, oauth: { clientId, clientSecret } } },
  });
  return { id, name };
}
