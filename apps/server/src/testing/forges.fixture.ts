import type { AccessRules, ForgeSimulator, Person, Repository } from '@anyforge/forge-simulator';
import {
  bitbucketDataCenterRules,
  bitbucketWorldSize,
  generateWorld,
  giteaRules,
  giteaWorldSize,
  gitlabRules,
  gitlabWorldSize,
  startBitbucketCloudSimulator,
  startBitbucketDataCenterSimulator,
  startGiteaSimulator,
  startGithubSimulator,
  startGitlabSimulator,
} from '@anyforge/forge-simulator';

/** A forge that a person brings, with 230 repositories and what it takes to sign in. */
export interface Forge {
  readonly simulator: ForgeSimulator;
  readonly viewer: Person;
  /** What the person pastes, and with which username where the forge asks for one. */
  readonly signIn: { readonly token: string; readonly username?: string };
  readonly config: object;
  readonly rules?: AccessRules;
  /** How the forge names a repository, where not as the world does. */
  readonly pathOf?: (repository: Repository) => string;
}

/** What a person brings from each forge. */
export const forges: Readonly<Record<string, () => Promise<Forge>>> = {
  github: async () => {
    const { world, viewer } = generateWorld({ repositories: 230 });
    const simulator = await startGithubSimulator({ world, profile: 'enterprise-server' });
    const token = simulator.tokens.issue({ kind: 'classic', person: viewer, scopes: ['repo', 'read:org'] });
    return { simulator, viewer, signIn: { token }, config: { baseUrl: simulator.webUrl } };
  },
  gitlab: async () => {
    const { world, viewer } = generateWorld({ repositories: 230, ...gitlabWorldSize });
    const simulator = await startGitlabSimulator({ world, profile: 'self-managed', pathPrefix: '/gitlab' });
    const token = simulator.tokens.issue({ kind: 'personal', person: viewer, scopes: ['read_api'] });
    return {
      simulator,
      viewer,
      signIn: { token },
      config: { baseUrl: simulator.webUrl },
      rules: gitlabRules,
    };
  },
  bitbucket: async () => {
    const { world, viewer } = generateWorld({ repositories: 230, ...bitbucketWorldSize });
    const simulator = await startBitbucketCloudSimulator({ world });
    const scopes = ['read:user:bitbucket', 'read:workspace:bitbucket', 'read:repository:bitbucket'];
    const token = simulator.tokens.issue({ kind: 'api', person: viewer, scopes });
    const { webUrl, apiUrl } = simulator;
    return {
      simulator,
      viewer,
      signIn: { token, username: viewer.email ?? '' },
      config: { baseUrl: webUrl, apiUrl },
    };
  },
  'bitbucket-data-center': async () => {
    const { world, viewer } = generateWorld({ repositories: 230, ...bitbucketWorldSize });
    const simulator = await startBitbucketDataCenterSimulator({ world, pathPrefix: '/bitbucket' });
    const token = simulator.tokens.issue({ kind: 'personal', person: viewer });
    return {
      simulator,
      viewer,
      signIn: { token },
      config: { baseUrl: simulator.webUrl },
      rules: bitbucketDataCenterRules,
      pathOf: ({ path, owner }) => (owner.type === 'person' ? `~${path}` : path),
    };
  },
  gitea: async () => {
    const { world, viewer } = generateWorld({ repositories: 230, ...giteaWorldSize });
    const simulator = await startGiteaSimulator({ world, pathPrefix: '/git' });
    const scopes = ['read:user', 'read:organization', 'read:repository'];
    const token = simulator.tokens.issue({ kind: 'personal', person: viewer, scopes });
    return {
      simulator,
      viewer,
      signIn: { token },
      config: { baseUrl: simulator.webUrl },
      rules: giteaRules,
    };
  },
};
