import {
  generateWorld,
  giteaWorldSize,
  startBitbucketCloudSimulator,
  startBitbucketDataCenterSimulator,
  startGiteaSimulator,
  startGithubSimulator,
  startGitlabSimulator,
} from '@anyforge/forge-simulator';

/**
 * @typedef {object} Size
 * @property {number} repositories
 * @property {boolean} limited with the vendor's own limits; else as on a server of one's own without any
 *
 * @typedef {object} Running
 * @property {import('@anyforge/forge-simulator').ForgeSimulator} simulator
 * @property {import('@anyforge/core').TokenCredential} credential of somebody who reaches every repository
 */

/** What Bitbucket knows. */
const bitbucketWorld = /** @type {const} */ ({
  levels: ['read', 'write', 'admin'],
  visibilities: ['private', 'public'],
  customRoles: false,
});

/** Where nobody may merely read: what is public, Gitea lists to nobody for that. */
const giteaWorld = /** @type {const} */ ({ ...giteaWorldSize, levels: ['write', 'admin'] });

/** @type {Readonly<Record<import('./forges.js').ForgeType, (size: Size) => Promise<Running>>>} */
export const simulators = {
  async github({ repositories, limited }) {
    const { world, viewer } = generateWorld({ repositories });
    const profile = limited ? 'cloud' : 'enterprise-server';
    const simulator = await startGithubSimulator({ world, profile });
    const scopes = ['repo', 'read:org', 'read:user'];
    const token = simulator.tokens.issue({ kind: 'classic', person: viewer, scopes });
    return { simulator, credential: { kind: 'token', token } };
  },

  async gitlab({ repositories, limited }) {
    const { world, viewer } = generateWorld({
      repositories,
      nesting: 2,
      shares: true,
      teamsPerOrganization: 0,
      levels: ['read', 'write', 'maintain', 'admin'],
      guestRoles: ['guest', 'planner'],
    });
    const simulator = await startGitlabSimulator(
      limited ? { world, profile: 'com' } : { world, profile: 'self-managed', limits: 'off' },
    );
    const token = simulator.tokens.issue({ kind: 'personal', person: viewer, scopes: ['read_api'] });
    return { simulator, credential: { kind: 'token', token } };
  },

  async bitbucket({ repositories, limited }) {
    const { world, viewer } = generateWorld({ repositories, ...bitbucketWorld });
    const simulator = await startBitbucketCloudSimulator({ world, limits: limited ? 'on' : 'off' });
    const scopes = ['read:user:bitbucket', 'read:workspace:bitbucket', 'read:repository:bitbucket'];
    const token = simulator.tokens.issue({ kind: 'api', person: viewer, scopes });
    return { simulator, credential: { kind: 'token', token, username: viewer.email ?? '' } };
  },

  async 'bitbucket-data-center'({ repositories }) {
    const { world, viewer } = generateWorld({ repositories, ...bitbucketWorld });
    const simulator = await startBitbucketDataCenterSimulator({ world });
    const token = simulator.tokens.issue({ kind: 'personal', person: viewer });
    return { simulator, credential: { kind: 'token', token } };
  },

  async gitea({ repositories }) {
    const { world, viewer } = generateWorld({ repositories, ...giteaWorld });
    const simulator = await startGiteaSimulator({ world });
    const scopes = ['read:user', 'read:organization', 'read:repository'];
    const token = simulator.tokens.issue({ kind: 'personal', person: viewer, scopes });
    return { simulator, credential: { kind: 'token', token } };
  },
};
