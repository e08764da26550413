import type { Demo } from '@anyforge/demo';
import type { PageServer } from '../testing/page-server.js';

/** Addresses that are only known once there is a world. */
export interface Places {
  /** A server that nobody has set up. */
  readonly newServer: string;
  /** A link with which somebody chooses a password. */
  readonly invitation: string;
  /** The page of a repository of Maya's. */
  readonly repository: string;
  /** Ids of git providers: one that Maya is signed in to, one whose organization settings hide some of what is stored, one that she is not signed in to. */
  readonly github: string;
  readonly research: string;
  readonly bitbucket: string;
}

export async function findPlaces({ visitors, providers }: Demo, newServer: PageServer): Promise<Places> {
  const { api } = visitors.maya;
  const { link } = await api.POST('/people', { body: { username: 'samir', role: 'member' } });
  const { items } = await api.GET('/repositories', { params: { query: { search: 'halden/api-gateway' } } });
  const [repository] = items;
  if (repository === undefined) throw new Error('Maya does not see the repository that the demo has.');
  return {
    newServer: newServer.url,
    invitation: link.url,
    repository: `/repositories/${repository.id}`,
    github: providers.github.id,
    research: providers.research.id,
    bitbucket: providers.bitbucket.id,
  };
}
