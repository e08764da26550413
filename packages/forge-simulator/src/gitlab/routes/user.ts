import type { Answer, Call, Endpoint } from '../endpoint.js';
import { answerOne } from '../endpoint.js';
import { refusals } from '../refusal.js';
import { ownUser } from '../wire/user.js';

export const userEndpoints: readonly Endpoint[] = [
  { method: 'GET', pattern: '/user', scopes: ['read_user'], handle: getUser },
  { method: 'GET', pattern: '/personal_access_tokens/self', scopes: 'any', handle: getToken },
];

function getUser({ viewer, links }: Call): Answer {
  if (viewer.person === undefined) throw refusals.unauthorized();
  return answerOne(ownUser(links, viewer.person));
}

/** `API::Entities::PersonalAccessTokenWithLastUsedIps` */
function getToken({ viewer: { token } }: Call): Answer {
  if (token?.kind !== 'personal') throw refusals.needsPersonalAccessToken();
  return answerOne({
    id: token.id,
    name: token.name,
    revoked: false,
    created_at: token.issuedAt.toISOString(),
    description: null,
    scopes: token.scopes,
    user_id: token.person.id,
    last_used_at: token.issuedAt.toISOString(),
    active: true,
    expires_at: token.expiresAt?.toISOString().slice(0, 10) ?? null,
    last_used_ips: [],
  });
}
