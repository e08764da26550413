// @ts-check
// One forge of each kind on this machine, for trying main.js without an account.
import {
  bitbucketWorldSize,
  generateWorld,
  giteaWorldSize,
  gitlabWorldSize,
  startBitbucketCloudSimulator,
  startBitbucketDataCenterSimulator,
  startGiteaSimulator,
  startGithubSimulator,
  startGitlabSimulator,
} from '@anyforge/forge-simulator';

/**
 * @typedef {object} Started
 * @property {import('@anyforge/forge-simulator').ForgeSimulator} simulator
 * @property {string} token
 * @property {string[]} options what main.js is given beside the forge
 * @typedef {(size: number) => Promise<Started & { viewer: import('@anyforge/forge-simulator').Person }>} Start
 */

const expiresAt = new Date('2027-01-31T00:00:00Z');

/** @type {Readonly<Record<string, Start>>} */
export const simulators = {
  async github(repositories) {
    const { world, viewer } = generateWorld({ repositories });
    const simulator = await startGithubSimulator({ world, profile: 'enterprise-server' });
    const scopes = ['repo', 'read:org', 'read:user'];
    const token = simulator.tokens.issue({ kind: 'classic', person: viewer, scopes, expiresAt });
    return { simulator, viewer, token, options: ['--base-url', simulator.webUrl] };
  },

  async gitlab(repositories) {
    const { world, viewer } = generateWorld({ repositories, ...gitlabWorldSize });
    const simulator = await startGitlabSimulator({ world, profile: 'self-managed', pathPrefix: '/gitlab' });
    const scopes = ['read_api', 'read_repository'];
    const token = simulator.tokens.issue({
      kind: 'personal',
      person: viewer,
      scopes,
      expiresOn: '2027-01-31',
    });
    return { simulator, viewer, token, options: ['--base-url', simulator.webUrl] };
  },

  async bitbucket(repositories) {
    const { world, viewer } = generateWorld({ repositories, ...bitbucketWorldSize });
    const simulator = await startBitbucketCloudSimulator({ world });
    const scopes = ['read:user:bitbucket', 'read:workspace:bitbucket', 'read:repository:bitbucket'];
    const token = simulator.tokens.issue({ kind: 'api', person: viewer, scopes, expiresAt });
    const addresses = ['--base-url', simulator.webUrl, '--api-url', simulator.apiUrl];
    return { simulator, viewer, token, options: [...addresses, '--username', viewer.email ?? ''] };
  },

  async 'bitbucket-data-center'(repositories) {
    const { world, viewer } = generateWorld({ repositories, ...bitbucketWorldSize });
    const simulator = await startBitbucketDataCenterSimulator({ world, pathPrefix: '/bitbucket' });
    const token = simulator.tokens.issue({ kind: 'personal', person: viewer, expiresAt });
    return { simulator, viewer, token, options: ['--base-url', simulator.webUrl] };
  },

  async gitea(repositories) {
    const { world, viewer } = generateWorld({ repositories, ...giteaWorldSize });
    const simulator = await startGiteaSimulator({ world, pathPrefix: '/git' });
    const scopes = ['read:user', 'read:organization', 'read:repository'];
    const token = simulator.tokens.issue({ kind: 'personal', person: viewer, scopes });
    return { simulator, viewer, token, options: ['--base-url', simulator.webUrl] };
  },
};
