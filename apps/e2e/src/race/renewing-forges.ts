import type { ForgeSimulator, NewOAuthClient, Person, World } from '@anyforge/forge-simulator';
import {
  createWorld,
  startBitbucketCloudSimulator,
  startBitbucketDataCenterSimulator,
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
  readonly application: Partial<NewOAuthClient>;
  /** Below the surface's root. */
  readonly tokenPath: string;
}

interface Place {
  readonly world: World;
  readonly clock: ShiftedClock;
}

type Started = Pick<RenewingForge, 'simulator' | 'config' | 'application' | 'tokenPath'>;

/** Without rate limits: many ask at once, and only what becomes of the tokens counts. */
const limits = 'off';

const starts: Readonly<Record<string, (place: Place) => Promise<Started>>> = {
  github: async (place) => {
    const simulator = await startGithubSimulator({ ...place, profile: 'enterprise-server', limits });
    return {
      simulator,
      config: { baseUrl: simulator.webUrl },
      application: { kind: 'github-app' },
      tokenPath: '/login/oauth/access_token',
    };
  },
  gitlab: async (place) => {
    const simulator = await startGitlabSimulator({ ...place, profile: 'self-managed', limits });
    return {
      simulator,
      config: { baseUrl: simulator.webUrl },
      application: {},
      tokenPath: '/oauth/token',
    };
  },
  bitbucket: async (place) => {
    const simulator = await startBitbucketCloudSimulator({ ...place, limits });
    const { webUrl: baseUrl, apiUrl } = simulator;
    return {
      simulator,
      config: { baseUrl, apiUrl },
      application: { scopes: ['account', 'repository'] },
      tokenPath: '/site/oauth2/access_token',
    };
  },
  'bitbucket-data-center': async (place) => {
    const simulator = await startBitbucketDataCenterSimulator({ ...place, limits });
    return {
      simulator,
      config: { baseUrl: simulator.webUrl },
      application: {},
      tokenPath: '/rest/oauth2/latest/token',
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
  const started = await starts[type]?.({ world, clock });
  if (started === undefined) throw new Error(`No forge of type ${type} renews tokens.`);
  return { type, clock, person, ...started };
}
