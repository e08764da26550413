import type { NeededScopes } from './scopes.js';
import type { BitbucketCloudToken } from './tokens.js';
import { scopesOf } from './tokens.js';

export interface HeaderFacts {
  readonly now: Date;
  /** How many requests there were, this one included. */
  readonly count: number;
  readonly token: BitbucketCloudToken | undefined;
  readonly needed: NeededScopes | undefined;
  readonly tellsApiTokenScopes: boolean;
  readonly limitHeaders: Readonly<Record<string, string>>;
}

/** @see https://support.atlassian.com/bitbucket-cloud/kb/how-to-fetch-the-scope-of-a-token-via-command-line/ */
export function apiHeaders(facts: HeaderFacts): Record<string, string> {
  const { now, count, limitHeaders } = facts;
  return {
    date: now.toUTCString(),
    server: 'AtlassianEdge',
    vary: 'Authorization, Accept-Encoding',
    'cache-control': 'no-cache, no-store, must-revalidate, max-age=0',
    'atl-traceid': count.toString(16).padStart(32, '0'),
    'x-request-count': String(count),
    ...scopeHeaders(facts),
    ...limitHeaders,
  };
}

function scopeHeaders({ token, needed, tellsApiTokenScopes }: HeaderFacts): Record<string, string> {
  if (token === undefined || (token.kind === 'api' && !tellsApiTokenScopes)) return {};
  const accepted = token.kind === 'api' ? needed?.api : needed?.oauth;
  return {
    'x-oauth-scopes': scopesOf(token).join(', '),
    'x-accepted-oauth-scopes': (accepted ?? []).join(', '),
    'x-credential-type': credentialType(token),
  };
}

function credentialType(token: BitbucketCloudToken): string {
  if (token.kind !== 'access') return token.kind === 'oauth' ? 'oauth2' : 'api_token';
  const { type } = token.target;
  if (type === 'repository') return 'repo_access_token';
  return type === 'project' ? 'project_access_token' : 'workspace_access_token';
}
