import type { World, WorldSize } from '@anyforge/forge-simulator';
import {
  bitbucketCloudUuid,
  bitbucketDataCenterRules,
  bitbucketWorldSize,
  generateWorld,
  giteaRules,
  giteaWorldSize,
  gitlabLimitFault,
  gitlabRules,
  gitlabWorldSize,
  secondaryLimitFault,
  startBitbucketCloudSimulator,
  startBitbucketDataCenterSimulator,
  startGiteaSimulator,
  startGithubSimulator,
  startGitlabSimulator,
} from '@anyforge/forge-simulator';
import type { FastClock } from '../fast-clock.js';
import type { ForgeType, RunPlan } from '../plan/plan.js';
import type { ForgeKind, StartedForge, TortureForge } from './torture-forge.js';

interface Place {
  readonly world: World;
  readonly clock: FastClock;
  readonly latency: number;
}

interface ForgeMaker {
  readonly size: WorldSize;
  readonly kind: ForgeKind;
  readonly start: (place: Place) => Promise<StartedForge>;
}

/** Without limits of their own: what is limited is planned. */
const limits = 'off';

const byNumber: Pick<ForgeKind, 'repositoryId' | 'repositoryPath' | 'accountId' | 'organizationId'> = {
  repositoryId: ({ id }) => String(id),
  repositoryPath: ({ path }) => path,
  accountId: ({ id }) => String(id),
  organizationId: ({ id }) => String(id),
};

const makers: Readonly<Record<ForgeType, ForgeMaker>> = {
  github: {
    size: {},
    kind: {
      ...byNumber,
      levels: ['read', 'triage', 'write', 'maintain', 'admin'],
      limitFault: (retryAfter) => secondaryLimitFault({ retryAfter }),
    },
    start: async (place) => {
      const simulator = await startGithubSimulator({ ...place, profile: 'enterprise-server', limits });
      const { tokens, policies, world } = simulator;
      return {
        simulator,
        config: { baseUrl: simulator.webUrl },
        issue: (person) => ({
          token: tokens.issue({ kind: 'classic', person, scopes: ['repo', 'read:org'] }),
        }),
        revoke: (token) => tokens.revoke(token),
        omits: (organization, person) =>
          policies.of(organization).singleSignOn === true &&
          world.membership(organization, person)?.state === 'active',
        demandSingleSignOn: (organization, singleSignOn) => {
          policies.set(organization, { singleSignOn });
        },
      };
    },
  },
  gitlab: {
    size: gitlabWorldSize,
    kind: {
      ...byNumber,
      rules: gitlabRules,
      levels: ['read', 'write', 'maintain', 'admin'],
      limitFault: (retryAfter) => gitlabLimitFault({ of: 'all', retryAfter }),
    },
    start: async (place) => {
      const simulator = await startGitlabSimulator({ ...place, profile: 'self-managed', limits });
      return {
        simulator,
        config: { baseUrl: simulator.webUrl },
        issue: (person) => ({
          token: simulator.tokens.issue({ kind: 'personal', person, scopes: ['read_api'] }),
        }),
        revoke: (token) => simulator.tokens.revoke(token),
      };
    },
  },
  bitbucket: {
    size: bitbucketWorldSize,
    kind: {
      repositoryId: ({ id }) => bitbucketCloudUuid('repository', id),
      repositoryPath: ({ path }) => path,
      accountId: ({ id }) => bitbucketCloudUuid('user', id),
      organizationId: ({ id }) => bitbucketCloudUuid('workspace', id),
      levels: ['read', 'write', 'admin'],
      limitFault: tooManyRequests,
    },
    start: async (place) => {
      const simulator = await startBitbucketCloudSimulator({ ...place, limits });
      const scopes = ['read:user:bitbucket', 'read:workspace:bitbucket', 'read:repository:bitbucket'];
      const { webUrl: baseUrl, apiUrl } = simulator;
      return {
        simulator,
        config: { baseUrl, apiUrl },
        issue: (person) => ({
          token: simulator.tokens.issue({ kind: 'api', person, scopes }),
          username: person.email ?? '',
        }),
        revoke: (token) => simulator.tokens.revoke(token),
      };
    },
  },
  'bitbucket-data-center': {
    size: bitbucketWorldSize,
    kind: {
      ...byNumber,
      rules: bitbucketDataCenterRules,
      repositoryPath: ({ path, owner }) => (owner.type === 'person' ? `~${path}` : path),
      levels: ['read', 'write', 'admin'],
      limitFault: tooManyRequests,
    },
    start: async (place) => {
      const simulator = await startBitbucketDataCenterSimulator({
        ...place,
        limits,
        pageCaps: { repositories: 60 },
      });
      return {
        simulator,
        config: { baseUrl: simulator.webUrl },
        issue: (person) => ({ token: simulator.tokens.issue({ kind: 'personal', person }) }),
        revoke: (token) => simulator.tokens.revoke(token),
      };
    },
  },
  gitea: {
    size: giteaWorldSize,
    kind: {
      ...byNumber,
      rules: giteaRules,
      levels: ['read', 'write', 'admin'],
      limitFault: tooManyRequests,
    },
    start: async (place) => {
      const simulator = await startGiteaSimulator(place);
      const scopes = ['read:user', 'read:organization', 'read:repository'];
      return {
        simulator,
        config: { baseUrl: simulator.webUrl },
        issue: (person) => ({ token: simulator.tokens.issue({ kind: 'personal', person, scopes }) }),
        revoke: (token) => simulator.tokens.revoke(token),
      };
    },
  },
};

function tooManyRequests(retryAfterSeconds: number): ReturnType<ForgeKind['limitFault']> {
  return {
    kind: 'respond',
    status: 429,
    headers: { 'content-type': 'text/plain', 'retry-after': String(retryAfterSeconds) },
    body: 'Too many requests',
  };
}

export async function startForge(
  { forge, seed, repositories, latencyMs }: RunPlan,
  clock: FastClock,
): Promise<TortureForge> {
  const { size, kind, start } = makers[forge];
  const { world, viewer } = generateWorld({ ...size, seed, repositories, organizations: 4, reach: 0.95 });
  const other = world.person('person-1');
  if (other === undefined) throw new Error('The world has nobody else.');
  // So that the other account, too, has more than a page.
  const { levels } = kind;
  [...world.repositories].forEach((repository, index) => {
    const level = levels[index % levels.length];
    if (repository.owner.type === 'person' || index % 2 === 0 || level === undefined) return;
    world.grant({ to: other, on: repository, level });
  });
  const started = await start({ world, clock, latency: latencyMs });
  return { ...kind, ...started, world, accounts: [viewer, other] };
}
