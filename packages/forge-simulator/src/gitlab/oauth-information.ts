import type { SimulatedRequest, TextResponse } from '../http/message.js';
import type { GitlabToken } from './tokens.js';
import { isAccepted } from './tokens.js';
import type { GitlabState } from './viewer.js';

/** What the pages of a GitLab know. */
export interface GitlabWeb {
  readonly state: GitlabState;
  readonly webUrl: string;
  readonly now: Date;
}

/** @see https://docs.gitlab.com/api/oauth2/#retrieve-the-token-information */
export function answerTokenInfo({ state, now }: GitlabWeb, request: SimulatedRequest): TextResponse {
  const token = oauthToken(state, request);
  if (token === undefined) return invalidToken();
  const expiresIn =
    token.expiresAt === undefined ? null : Math.floor((token.expiresAt.getTime() - now.getTime()) / 1000);
  return json(200, {
    resource_owner_id: token.person.id,
    scope: token.scopes,
    expires_in: expiresIn,
    application: { uid: token.application ?? null },
    created_at: Math.floor(token.issuedAt.getTime() / 1000),
    scopes: token.scopes,
    expires_in_seconds: expiresIn,
  });
}

/** @see https://docs.gitlab.com/integration/openid_connect_provider/ */
export function answerUserInfo({ state, webUrl }: GitlabWeb, request: SimulatedRequest): TextResponse {
  const token = oauthToken(state, request);
  if (token === undefined) return invalidToken();
  if (!isAccepted(token, ['openid']))
    return json(
      403,
      {},
      {
        'www-authenticate':
          'Bearer realm="Doorkeeper", error="invalid_scope", error_description="The requested scope is invalid, unknown, or malformed."',
      },
    );
  const { person } = token;
  const groups = [...state.world.membershipsOf(person)].filter((membership) => membership.state === 'active');
  return json(200, {
    sub: String(person.id),
    name: person.name ?? person.username,
    nickname: person.username,
    preferred_username: person.username,
    email: isAccepted(token, ['email']) ? person.email : null,
    ...(isAccepted(token, ['email']) ? { email_verified: true } : {}),
    profile: `${webUrl}/${person.username}`,
    picture: `${webUrl}/uploads/-/system/user/avatar/${person.id}/avatar.png`,
    groups: groups.map(({ organization }) => organization.path),
  });
}

/** These take tokens that came of OAuth alone, and nowhere but in the header. */
function oauthToken({ tokens }: GitlabState, request: SimulatedRequest): GitlabToken | undefined {
  const value = /^bearer\s+(.+)$/i.exec(request.headers.get('authorization')?.trim() ?? '')?.[1];
  const found = value === undefined ? undefined : tokens.find(value);
  return found?.state === 'good' && found.token.kind === 'oauth' ? found.token : undefined;
}

function invalidToken(): TextResponse {
  const description = 'The access token is invalid';
  return json(
    401,
    { error: 'invalid_token', error_description: description, state: 'unauthorized' },
    {
      'www-authenticate': `Bearer realm="Doorkeeper", error="invalid_token", error_description="${description}"`,
    },
  );
}

function json(status: number, body: object, headers: Record<string, string> = {}): TextResponse {
  return {
    status,
    headers: { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store', ...headers },
    body: JSON.stringify(body),
  };
}
