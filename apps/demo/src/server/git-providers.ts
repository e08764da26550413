import type { DemoForge } from '../forges/demo-forge.js';
import type { DemoForges } from '../forges/start-forges.js';
import type { Visitor } from './visitor.js';

/** A git provider of the server, and the forge behind it. */
export interface AddedProvider {
  readonly id: string;
  readonly forge: DemoForge;
}

export type AddedProviders = Readonly<Record<keyof DemoForges, AddedProvider>>;

/** Adds one git provider for each forge, each with an OAuth application that is registered there. */
export async function addGitProviders(
  administrator: Visitor,
  publicUrl: string,
  forges: DemoForges,
): Promise<AddedProviders> {
  const add = (forge: DemoForge): Promise<AddedProvider> => addGitProvider(administrator, publicUrl, forge);
  return {
    github: await add(forges.github),
    gitlab: await add(forges.gitlab),
    research: await add(forges.research),
    bitbucket: await add(forges.bitbucket),
    dataCenter: await add(forges.dataCenter),
  };
}

/** The application's redirect URL has the id of the git provider in it: so that one is first. */
async function addGitProvider({ api }: Visitor, publicUrl: string, forge: DemoForge): Promise<AddedProvider> {
  const { name, type, config, simulator, application } = forge;
  const { id } = await api.POST('/git-providers', { body: { name, type, config } });
  const { clientId, clientSecret } = simulator.oauth.registerClient({
    name: 'anyforge',
    redirectUris: [`${publicUrl}/oauth/callback/${id}`],
    ...application,
  });
  await changeGitProvider(api, id, { config: { ...config, oauth: { clientId, clientSecret } } });
  return { id, forge };
}

/** Changes a git provider as it is now. */
export async function changeGitProvider(
  api: Visitor['api'],
  id: string,
  body: Parameters<typeof api.PATCH<'/git-providers/{id}'>>[1]['body'],
): Promise<void> {
  const { headers } = await api.withHeaders.GET('/git-providers/{id}', { params: { path: { id } } });
  await api.PATCH('/git-providers/{id}', {
    params: { path: { id }, header: { 'If-Match': headers.get('etag') ?? '' } },
    body,
  });
}
