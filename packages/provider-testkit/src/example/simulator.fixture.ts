import type { Clock, Person, Repository, World } from '@anyforge/forge-simulator';
import { accessOf, effectiveLevel, holdersOf, reachOf } from '@anyforge/forge-simulator';
import type {
  ForgeSimulator,
  OAuthRules,
  SecretShape,
  SimulatedRequest,
  SimulatedResponse,
} from '@anyforge/forge-simulator/build';
import {
  OAuthServer,
  openForge,
  Router,
  secretText,
  toBytes,
  withNextLink,
} from '@anyforge/forge-simulator/build';

/** A forge that there is not, on 127.0.0.1. */
export interface ExampleSimulator extends ForgeSimulator {
  readonly tokens: {
    issue(request: { readonly person: Person; readonly expiresAt?: Date | undefined }): string;
    revoke(token: string): boolean;
  };
}

/** How many items a page holds. */
export const examplePageSize = 50;

export function startExampleSimulator(options: {
  readonly world: World;
  readonly clock: Clock;
}): Promise<ExampleSimulator> {
  const { world, clock } = options;
  return openForge({
    layout: { separateApi: false, webPrefix: '', apiPrefix: '/api' },
    clock,
    latency: undefined,
    face: ({ webUrl }) => {
      const tokens = createTokens(clock, webUrl);
      const oauth = new OAuthServer({ rules: oauthRules, world, tokens, clock, webUrl });
      const answerApi = (request: SimulatedRequest): SimulatedResponse => {
        if (request.path === '/version') return json(200, { product: 'Example', version: '1.0' });
        const [, token = ''] = /^Bearer (.+)$/.exec(request.headers.get('authorization') ?? '') ?? [];
        const person = tokens.personOf(token);
        const match = router.match(request.method, request.path);
        if (match === undefined) return json(404, { message: 'No such endpoint' });
        if (person === undefined) return json(401, { message: 'Bad token' });
        return match.target({ request, world, person, reference: match.parameters['reference'] ?? '' });
      };
      return {
        parts: { world, tokens, oauth },
        answer: (request) =>
          request.surface === 'api' ? answerApi(request) : (oauth.answer(request) ?? nothing),
        withNextPage: withNextLink,
      };
    },
  });
}

interface Call {
  readonly request: SimulatedRequest;
  readonly world: World;
  readonly person: Person;
  /** The id or the path of a repository. */
  readonly reference: string;
}

type Endpoint = (call: Call) => SimulatedResponse;

const router = new Router<Endpoint>(
  Object.entries<Endpoint>({
    '/user': ({ person }) => json(200, { ...accountJson(person), email: person.email }),
    '/user/organizations': (call) =>
      page(
        call,
        [...call.world.membershipsOf(call.person)].map(({ organization }) => organization),
        ({ id, path, name }) => ({ id, path, name }),
      ),
    '/user/repositories': (call) =>
      page(call, [...reachOf(call.world, call.person).keys()], (repository) =>
        repositoryJson(call, repository),
      ),
    '/repositories/:reference': (call) => {
      const repository = find(call);
      return repository === undefined ? unknown : json(200, repositoryJson(call, repository));
    },
    '/repositories/:reference/people': (call) => {
      const { world, person } = call;
      const repository = find(call);
      if (repository === undefined) return unknown;
      if (effectiveLevel(world, person, repository) !== 'admin')
        return json(403, { message: 'Only administrators see who has access' });
      const holders = holdersOf(world, repository);
      return page(call, [...holders.keys()], (each) => ({
        ...accountJson(each),
        permission: holders.get(each)?.level,
      }));
    },
  }).map(([pattern, target]) => ({ method: 'GET', pattern, target })),
);

/** Nobody learns that there is something that they may not see. */
function find({ world, person, reference }: Call): Repository | undefined {
  const found = /^\d+$/.test(reference)
    ? world.repositoryById(Number(reference))
    : world.repository(reference);
  return found !== undefined && effectiveLevel(world, person, found) !== 'none' ? found : undefined;
}

/** A page says where the next one begins: after the last id that it holds, whatever comes or goes. */
function page<Item extends { readonly id: number }>(
  { request }: Call,
  items: readonly Item[],
  toJson: (item: Item) => object,
): SimulatedResponse {
  const after = Number(request.query.get('after') ?? 0);
  const rest = items.filter(({ id }) => id > after).toSorted((one, other) => one.id - other.id);
  const shown = rest.slice(0, examplePageSize);
  const response = json(200, shown.map(toJson));
  const last = shown.at(-1);
  if (last === undefined || rest.length === shown.length) return response;
  const next = new URL(request.url);
  next.searchParams.set('after', String(last.id));
  return withNextLink(response, next.href);
}

function accountJson({ id, username, name, kind }: Person): object {
  return { id, username, name, kind: kind === 'bot' ? 'bot' : 'user' };
}

function repositoryJson({ world, person, request }: Call, repository: Repository): object {
  const { id, path, name, owner, description, visibility, archived, forkOf, updatedAt } = repository;
  return {
    id,
    path,
    name,
    owner: { id: owner.id, path: owner.path },
    description,
    visibility,
    archived,
    fork: forkOf !== undefined,
    default_branch: repository.empty ? null : repository.defaultBranch,
    updated_at: updatedAt.toISOString(),
    web_url: `${request.origin}/${path}`,
    clone_url: `${request.origin}/${path}.git`,
    ssh_url: `git@${request.url.hostname}:${path}.git`,
    permission: accessOf(world, person, repository).level,
  };
}

function json(status: number, body: object): SimulatedResponse {
  return toBytes({ status, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
}

const nothing = toBytes({
  status: 404,
  headers: { 'content-type': 'text/html' },
  body: '<h1>Nothing here</h1>',
});
const unknown = json(404, { message: 'No such repository' });

const secret: SecretShape = { prefix: '', length: 32, alphabet: 'alphanumeric' };

interface Holder {
  readonly person: Person;
  readonly expiresAt?: Date | undefined;
}

/** @param seed tells this forge's tokens from those of others */
function createTokens(clock: Clock, seed: string) {
  const holders = new Map<string, Holder>();
  let issued = 0;
  return {
    issue(holder: Holder): string {
      issued += 1;
      const token = secretText({ ...secret, prefix: 'exp_' }, `${seed}/${issued}`);
      holders.set(token, holder);
      return token;
    },
    revoke: (token: string): boolean => holders.delete(token),
    personOf(token: string): Person | undefined {
      const { person, expiresAt } = holders.get(token) ?? {};
      return expiresAt !== undefined && expiresAt <= clock.now() ? undefined : person;
    },
  };
}

/** By the book, and every answer to a browser names its server. @see https://www.rfc-editor.org/rfc/rfc9207 */
const oauthRules: OAuthRules = {
  forge: 'Example',
  paths: { authorize: '/oauth/authorize', token: '/oauth/token' },
  kinds: {
    application: {
      clientId: secret,
      clientSecret: secret,
      accessTokenSeconds: 3600,
      refreshToken: secret,
      scopes: 'asked',
    },
  },
  authorization: {
    responseType: 'required',
    redirectUri: 'required',
    registered: 'exact',
    unregistered: 'page',
    unknownClientStatus: 400,
    scopeSeparator: /\s+/,
    challengeMethods: ['S256'],
    codeSeconds: 60,
    code: secret,
    issuerPath: '',
  },
  token: {
    checksFirst: 'client',
    acceptsJson: false,
    clientAuthentication: ['basic', 'post'],
    grantType: 'required',
    redirectUri: 'required',
    redirectUriAtRefresh: 'ignored',
    unaskedVerifier: 'refused',
    answers: 'json',
    fields: ({ accessToken, refreshToken, expiresIn, scopes }) => ({
      access_token: accessToken,
      token_type: 'bearer',
      refresh_token: refreshToken,
      expires_in: expiresIn,
      scope: scopes.join(' '),
    }),
  },
  rotation: { oldRefreshTokenSeconds: 0, oldAccessToken: 'ends' },
  errors: {},
};
