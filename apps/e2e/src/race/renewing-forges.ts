import type { ForgeSimulator, NewOAuthClient, Organization, Person, World } from '@anyforge/forge-simulator';
import {
  createWorld,
  startBitbucketCloudSimulator,
  startBitbucketDataCenterSimulator,
  startGiteaSimulator,
  startGithubSimulator,
  startGitlabSimulator,
} from '@anyforge/forge-simulator';
import { ShiftedClock } from './shifted-clock.js';

/** A forge whose OAuth tokens expire, with somebody who has an account there. */
export interface RenewingForge {
  readonly type: string;
  readonly simulator: ForgeSimulator;
  readonly clock: ShiftedClock;
  readonly person: Person;
  /** A git provider's, without its application. */
  readonly config: Readonly<Record<string, unknown>>;
  readonly application: Omit<NewOAuthClient, 'redirectUris'>;
  /** Below the surface's root. */
  readonly tokenPath: string;
}

interface Place {
  readonly world: World;
  readonly organization: Organization;
  readonly clock: ShiftedClock;
}

type Started = Pick<RenewingForge, 'simulator' | 'config' | 'application' | 'tokenPath'>;

const applicationName = 'anyforge';

/** Without rate limits: many ask at once, and only what becomes of the tokens counts. */
const limits = 'off';

const starts: Readonly<Record<string, (place: Place) => Promise<Started>>> = {
  github: async ({ organization, ...place }) => {
    const simulator = await startGithubSimulator({ ...place, profile: 'enterprise-server', limits });
    const permissions = { members: 'read' } as const;
    simulator.installations.add({ application: applicationName, account: organization, permissions });
    return {
      simulator,
      config: { baseUrl: simulator.webUrl },
      application: { name: applicationName, kind: 'github-app' },
      tokenPath: '/login/oauth/access_token',
    };
  },
  gitlab: async (place) => {
    const simulator = await startGitlabSimulator({ ...place, profile: 'self-managed', limits });
    return {
      simulator,
      config: { baseUrl: simulator.webUrl },
      application: { name: applicationName },
      tokenPath: '/oauth/token',
    };
  },
  bitbucket: async (place) => {
    const simulator = await startBitbucketCloudSimulator({ ...place, limits });
    const { webUrl: baseUrl, apiUrl } = simulator;
    return {
      simulator,
      config: { baseUrl, apiUrl },
      application: { name: applicationName, scopes: ['account', 'repository'] },
      tokenPath: '/site/oauth2/access_token',
    };
  },
  'bitbucket-data-center': async (place) => {
    const simulator = await startBitbucketDataCenterSimulator({ ...place, limits });
    return {
      simulator,
      config: { baseUrl: simulator.webUrl },
      application: { name: applicationName },
      tokenPath: '/rest/oauth2/latest/token',
    };
  },
  gitea: async (place) => {
    const simulator = await startGiteaSimulator(place);
    return {
      simulator,
      config: { baseUrl: simulator.webUrl },
      application: { name: applicationName },
      tokenPath: '/login/oauth/access_token',
    };
  },
};

export const renewingForgeTypes: readonly string[] = Object.keys(starts);

export async function startRenewingForge(type: string): Promise<RenewingForge> {
  const world = createWorld();
  const clock = new ShiftedClock();
  const person = world.addPerson({ username: 'ada' });
  const acme = world.addOrganization({ slug: 'acme', members: [person] });
  const api = world.addRepository({ owner: acme, name: 'api' });
  world.grant({ to: person, on: api, level: 'admin' });
  const started = await starts[type]?.({ world, clock, organization: acme });
  if (started === undefined) throw new Error(`No forge of type ${type} renews tokens.`);
  return { type, clock, person, ...started };
}
