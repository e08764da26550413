import type { SimulatedRequest, TextResponse } from '../http/message.js';
import { errorFields, errorFor, formOf, redirectTo } from './answers.js';
import type { Person } from '../world/model.js';
import type { OAuthClient } from './clients.js';
import type { OAuthGrant } from './grants.js';
import { readDecision, scopesAskedFor } from './consent.js';
import { consentPage, messagePage } from './pages.js';
import { isRegistered } from './redirect-uri.js';
import type { OAuthProblem } from './rules.js';
import type { OAuthState } from './state.js';

/** A request for authorization that may be shown to a person. */
interface Asked {
  readonly client: OAuthClient;
  /** Where the answer goes. */
  readonly callback: string;
  readonly scopes: readonly string[];
}

/** What somebody has let a client do. */
interface Agreed {
  readonly person: Person;
  readonly scopes: readonly string[];
}

/** The page on which a person lets a client in. GET shows it; its form is posted to the same address. */
export function answerAuthorization(state: OAuthState, request: SimulatedRequest): TextResponse {
  const asked = readRequest(state, request);
  if ('status' in asked) return asked;
  const { client, scopes, callback } = asked;
  const { forge, authorization } = state.rules;
  const page = (complaint?: string): TextResponse =>
    consentPage({
      forge,
      client: client.name,
      action: request.url.pathname + request.url.search,
      scopes,
      people: state.world.people,
      chosen: request.query.get(authorization.loginParameter ?? '') ?? undefined,
      complaint,
    });
  if (request.method !== 'POST') {
    const person = state.memory.personOf(request, state.world);
    return person !== undefined && hasAgreed(state, person, asked)
      ? allow(state, request, asked, { person, scopes })
      : page();
  }
  const decision = readDecision(formOf(request), state.world, scopes);
  if (decision.kind === 'incomplete') return page(decision.complaint);
  if (decision.kind === 'denied') return refuse(state, request, callback, 'access-denied');
  return allow(state, request, asked, decision);
}

/** Whether somebody has let the client do all of this before, or whatever it asked for at first, and has not taken it back. */
function hasAgreed({ grants, rules }: OAuthState, person: Person, { client, scopes }: Asked): boolean {
  if (rules.authorization.laterScopes === 'first')
    return client.clientSecret !== undefined && grantsOf(grants.all, person, client).length > 0;
  return grantsOf(grants.all, person, client).some((grant) =>
    scopes.every((scope) => grant.scopes.includes(scope)),
  );
}

function grantsOf(grants: readonly OAuthGrant[], person: Person, client: OAuthClient): readonly OAuthGrant[] {
  return grants.filter(
    (grant) => !grant.revoked && grant.client.clientId === client.clientId && grant.person === person,
  );
}

/** What a client gets, of what it asks for now or asked for at first. @returns nothing where that is refused */
function scopesFor(
  { grants, rules }: OAuthState,
  client: OAuthClient,
  { person, scopes }: Agreed,
): readonly string[] | undefined {
  const [first] = rules.authorization.laterScopes === 'first' ? grantsOf(grants.all, person, client) : [];
  if (first === undefined) return scopes;
  const isSame = first.scopes.join(' ') === scopes.join(' ');
  return client.clientSecret === undefined && !isSame ? undefined : first.scopes;
}

/** Sends the browser back with a code. */
function allow(
  state: OAuthState,
  request: SimulatedRequest,
  { client, callback }: Asked,
  agreed: Agreed,
): TextResponse {
  const { authorization } = state.rules;
  const { person } = agreed;
  const scopes = scopesFor(state, client, agreed);
  if (scopes === undefined) return refuse(state, request, callback, 'other-scopes');
  const { query } = request;
  const challenge = authorization.challengeMethods.length === 0 ? null : given(query, 'code_challenge');
  const code = state.codes.issue({
    client,
    person,
    scopes,
    redirectUri: query.get('redirect_uri') ?? undefined,
    challenge:
      challenge === null
        ? undefined
        : { value: challenge, method: given(query, 'code_challenge_method') ?? 'plain' },
  });
  const response = redirectTo(callback, { code, ...echo(state, request) });
  return { ...response, headers: { ...response.headers, ...state.memory.headersFor(person) } };
}

/** Checks a request before a person sees it. What is wrong with the client or its address is told here and not there. */
function readRequest(state: OAuthState, request: SimulatedRequest): Asked | TextResponse {
  const { forge, authorization } = state.rules;
  const { query } = request;
  const client = state.clients.find(query.get('client_id') ?? '');
  if (client === undefined)
    return messagePage(
      authorization.unknownClientStatus,
      'Unknown application',
      forge,
      'No application is registered with this client id.',
    );
  const [registered] = client.redirectUris;
  const redirectUri = query.get('redirect_uri');
  const fits =
    redirectUri === null
      ? authorization.redirectUri === 'optional'
      : isRegistered(state.rules, client, redirectUri);
  if (!fits && authorization.unregistered === 'redirect' && registered !== undefined)
    return refuse(state, request, registered, 'unregistered-redirect-uri');
  const callback = redirectUri ?? registered;
  if (!fits || callback === undefined)
    return messagePage(
      400,
      'Redirect address refused',
      forge,
      'The redirect_uri is not one that is registered for this application.',
    );
  const problem = problemOf(state, client, query);
  if (problem !== undefined) return refuse(state, request, callback, problem);
  const words = (query.get('scope') ?? '').split(authorization.scopeSeparator).filter((word) => word !== '');
  const wanted = words.length === 0 ? (authorization.defaultScopes ?? client.scopes ?? []) : words;
  const scopes = scopesAskedFor(client, state.clients.kindOf(client), wanted);
  if (scopes === undefined) return refuse(state, request, callback, 'invalid-scope');
  return { client, callback, scopes };
}

function problemOf(
  { rules: { authorization } }: OAuthState,
  client: OAuthClient,
  query: URLSearchParams,
): OAuthProblem | undefined {
  const responseType = query.get('response_type');
  if (responseType === null && authorization.responseType === 'required') return 'missing-response-type';
  if (responseType !== null && responseType !== 'code') return 'unsupported-response-type';
  const methods: readonly string[] = authorization.challengeMethods;
  if (methods.length === 0) return undefined;
  const challenge = given(query, 'code_challenge');
  const method = given(query, 'code_challenge_method');
  const mustChallenge =
    authorization.challengeOfPublicClients === 'required' && client.clientSecret === undefined;
  if (challenge === null && method === null && mustChallenge) return 'missing-challenge';
  if (challenge === null) return method === null ? undefined : 'invalid-challenge';
  const wellFormed = /^[A-Za-z0-9._~-]{43,128}$/.test(challenge);
  return wellFormed && methods.includes(method ?? 'plain') ? undefined : 'invalid-challenge';
}

/** One without a value counts as left out. */
function given(query: URLSearchParams, name: string): string | null {
  const value = query.get(name);
  return value === '' ? null : value;
}

function refuse(
  state: OAuthState,
  request: SimulatedRequest,
  callback: string,
  problem: OAuthProblem,
): TextResponse {
  const error = errorFor(state.rules, problem, request.query);
  return redirectTo(callback, { ...errorFields(error), ...echo(state, request) });
}

/** What every answer to a client has: its own state, and who answers where the forge says so. */
function echo(
  { rules, webUrl }: OAuthState,
  { query }: SimulatedRequest,
): Record<string, string | undefined> {
  const { issuerPath } = rules.authorization;
  return {
    state: query.get('state') ?? undefined,
    iss: issuerPath === undefined ? undefined : webUrl + issuerPath,
  };
}
