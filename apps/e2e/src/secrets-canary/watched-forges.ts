import type {
  FaultEffect,
  ForgeSimulator,
  NewOAuthClient,
  Person,
  SimulatedRequest,
  TextResponse,
} from '@anyforge/forge-simulator';
import {
  createWorld,
  startBitbucketCloudSimulator,
  startBitbucketDataCenterSimulator,
  startGiteaSimulator,
  startGithubSimulator,
  startGitlabSimulator,
} from '@anyforge/forge-simulator';
import type { Canaries } from './canaries.js';

/** What somebody pastes to sign in. */
interface PastedToken {
  readonly token: string;
  readonly username?: string;
}

/** A forge of which every secret that passes between it and a server is known, and that can tell secrets back. */
export interface WatchedForge {
  readonly type: string;
  readonly simulator: ForgeSimulator;
  readonly ada: Person;
  readonly config: Readonly<Record<string, unknown>>;
  /** Every application's, but where people are sent back to. */
  readonly application: Omit<NewOAuthClient, 'redirectUris'>;
  /** Whether people may sign in with a code that a device shows. */
  readonly hasCodes: boolean;
  newToken(): PastedToken;
  /**
   * While something is done, every answer is a 500 that repeats the request and what would have been the answer; or
   * every one to such requests.
   */
  tellingBack(action: () => Promise<unknown>, to?: (request: SimulatedRequest) => boolean): Promise<void>;
  /** While something is done, every request meets this. */
  spoiling(effect: FaultEffect, action: () => Promise<unknown>): Promise<void>;
}

type Started = Pick<WatchedForge, 'simulator' | 'config' | 'application' | 'hasCodes' | 'newToken'>;
type Start = (parts: {
  readonly world: ReturnType<typeof createWorld>;
  readonly ada: Person;
}) => Promise<Started>;

/** Of every application. */
const name = 'anyforge';

const starts: Readonly<Record<string, Start>> = {
  github: async ({ world, ada }) => {
    const simulator = await startGithubSimulator({ world, profile: 'enterprise-server' });
    simulator.installations.add({ application: name, account: ada, permissions: { members: 'read' } });
    return {
      simulator,
      config: { baseUrl: simulator.webUrl },
      // A GitHub App: its tokens expire, and its refresh tokens are good once.
      application: { name, kind: 'github-app' },
      hasCodes: true,
      newToken: () => ({
        token: simulator.tokens.issue({ kind: 'classic', person: ada, scopes: ['repo', 'read:org'] }),
      }),
    };
  },
  gitlab: async ({ world, ada }) => {
    const simulator = await startGitlabSimulator({ world, profile: 'self-managed', pathPrefix: '/gitlab' });
    return {
      simulator,
      config: { baseUrl: simulator.webUrl },
      application: { name },
      hasCodes: true,
      newToken: () => ({
        token: simulator.tokens.issue({ kind: 'personal', person: ada, scopes: ['read_api'] }),
      }),
    };
  },
  bitbucket: async ({ world, ada }) => {
    const simulator = await startBitbucketCloudSimulator({ world });
    const scopes = ['read:user:bitbucket', 'read:workspace:bitbucket', 'read:repository:bitbucket'];
    return {
      simulator,
      config: { baseUrl: simulator.webUrl, apiUrl: simulator.apiUrl },
      application: { name, scopes: ['account', 'repository'] },
      hasCodes: false,
      newToken: () => ({
        token: simulator.tokens.issue({ kind: 'api', person: ada, scopes }),
        username: ada.email ?? '',
      }),
    };
  },
  'bitbucket-data-center': async ({ world, ada }) => {
    const simulator = await startBitbucketDataCenterSimulator({ world, pathPrefix: '/bitbucket' });
    return {
      simulator,
      config: { baseUrl: simulator.webUrl },
      application: { name },
      hasCodes: false,
      newToken: () => ({ token: simulator.tokens.issue({ kind: 'personal', person: ada }) }),
    };
  },
  gitea: async ({ world, ada }) => {
    const simulator = await startGiteaSimulator({ world, pathPrefix: '/git' });
    const scopes = ['read:user', 'read:organization', 'read:repository'];
    return {
      simulator,
      config: { baseUrl: simulator.webUrl },
      application: { name },
      hasCodes: false,
      newToken: () => ({ token: simulator.tokens.issue({ kind: 'personal', person: ada, scopes }) }),
    };
  },
};

export const forgeTypes: readonly string[] = Object.keys(starts);

export async function startWatchedForge(type: string, canaries: Canaries): Promise<WatchedForge> {
  const world = createWorld();
  const ada = world.addPerson({ username: 'ada', email: 'ada@example.com' });
  for (let index = 0; index < 3; index += 1)
    world.addRepository({ owner: ada, name: `engine-${String(index)}` });
  const started = await starts[type]?.({ world, ada });
  if (started === undefined) throw new Error(`There is no forge ${type}.`);
  const { faults } = started.simulator;
  const watching = { times: Number.POSITIVE_INFINITY, effect: { kind: 'edit', edit } } as const;
  let tellsBack = (_request: SimulatedRequest): boolean => false;
  let watch = faults.add(watching);
  return {
    type,
    ada,
    ...started,
    newToken: () => {
      const pasted = started.newToken();
      canaries.plant(`${type}: pasted token`, pasted.token);
      return pasted;
    },
    tellingBack: async (action, to = () => true) => {
      tellsBack = to;
      try {
        await action();
      } finally {
        tellsBack = () => false;
      }
    },
    spoiling: async (effect, action) => {
      watch.remove();
      const fault = faults.add({ times: Number.POSITIVE_INFINITY, effect });
      try {
        await action();
      } finally {
        fault.remove();
        watch = faults.add(watching);
      }
    },
  };

  function edit(response: TextResponse, request: SimulatedRequest): TextResponse {
    for (const text of [request.body, response.body]) {
      for (const [name, value] of secretsIn(text)) canaries.plant(`${type}: ${name}`, value);
    }
    return tellsBack(request) ? toldBack(response, request) : response;
  }
}

const secretNames = [
  ...['access_token', 'refresh_token', 'device_code', 'id_token'],
  ...['code', 'code_verifier', 'client_secret', 'token'],
];

/** Those of OAuth, in a form or in JSON. */
function secretsIn(text: string): readonly (readonly [string, string])[] {
  const members = text.startsWith('{') ? membersOf(text) : [...new URLSearchParams(text)];
  return members.filter(([name, value]) => secretNames.includes(name) && value.length >= 12);
}

function membersOf(text: string): readonly (readonly [string, string])[] {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== 'object' || value === null) return [];
    return Object.entries(value).flatMap(([name, member]: [string, unknown]) =>
      typeof member === 'string' ? [[name, member] as const] : [],
    );
  } catch {
    return [];
  }
}

/** As a proxy or an error page does that means well. */
function toldBack(response: TextResponse, request: SimulatedRequest): TextResponse {
  const heard = [...request.headers].map(([name, value]) => `${name}: ${value}`).join('; ');
  const message = `Failed with ${heard}; ${request.body}; would have answered ${response.body}`;
  return {
    status: 500,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      message,
      error: message,
      error_description: message,
      errors: [{ message }],
    }),
  };
}
