import {
  createWorld,
  startBitbucketCloudSimulator,
  startBitbucketDataCenterSimulator,
  startGiteaSimulator,
  startGithubSimulator,
  startGitlabSimulator,
} from '@anyforge/forge-simulator';

/**
 * @typedef {object} Crowd people of one forge who reach the same repositories
 * @property {import('@anyforge/forge-simulator').ForgeSimulator} simulator
 * @property {readonly import('@anyforge/core').TokenCredential[]} credentials one for each person
 *
 * @typedef {{ readonly people: number, readonly repositories: number }} CrowdSize
 */

/** Without limits, so that nothing but the work is measured. Each in the order of the people. */
/** @type {Readonly<Record<import('../list/forges.js').ForgeType, (size: CrowdSize) => Promise<Crowd>>>} */
export const crowds = {
  async github(size) {
    const { world, people } = populate(size);
    const simulator = await startGithubSimulator({ world, profile: 'enterprise-server' });
    const scopes = ['repo', 'read:org', 'read:user'];
    const credentials = people.map((person) =>
      withToken(simulator.tokens.issue({ kind: 'classic', person, scopes })),
    );
    return { simulator, credentials };
  },

  async gitlab(size) {
    const { world, people } = populate(size);
    const simulator = await startGitlabSimulator({ world, profile: 'self-managed', limits: 'off' });
    const scopes = ['read_api'];
    const credentials = people.map((person) =>
      withToken(simulator.tokens.issue({ kind: 'personal', person, scopes })),
    );
    return { simulator, credentials };
  },

  async bitbucket(size) {
    const { world, people } = populate(size);
    const simulator = await startBitbucketCloudSimulator({ world, limits: 'off' });
    const scopes = ['read:user:bitbucket', 'read:workspace:bitbucket', 'read:repository:bitbucket'];
    const credentials = people.map((person) => ({
      ...withToken(simulator.tokens.issue({ kind: 'api', person, scopes })),
      username: person.email ?? '',
    }));
    return { simulator, credentials };
  },

  async 'bitbucket-data-center'(size) {
    const { world, people } = populate(size);
    const simulator = await startBitbucketDataCenterSimulator({ world });
    const credentials = people.map((person) =>
      withToken(simulator.tokens.issue({ kind: 'personal', person })),
    );
    return { simulator, credentials };
  },

  async gitea(size) {
    const { world, people } = populate(size);
    const simulator = await startGiteaSimulator({ world });
    const scopes = ['read:user', 'read:organization', 'read:repository'];
    const credentials = people.map((person) =>
      withToken(simulator.tokens.issue({ kind: 'personal', person, scopes })),
    );
    return { simulator, credentials };
  },
};

/** One organization whose members may write to everything in it. @param {CrowdSize} size */
function populate({ people: count, repositories }) {
  const world = createWorld();
  const people = Array.from({ length: count }, (_, index) =>
    world.addPerson({ username: `person-${index}`, email: `person-${index}@example.com` }),
  );
  const organization = world.addOrganization({ slug: 'acme', members: people });
  for (let index = 0; index < repositories; index += 1) {
    const repository = world.addRepository({ owner: organization, name: `service-${index}` });
    for (const person of people) world.grant({ to: person, on: repository, level: 'write' });
  }
  return { world, people };
}

/** @param {string} token @returns {import('@anyforge/core').TokenCredential} */
function withToken(token) {
  return { kind: 'token', token };
}
