import type { SimulatedRequest, TextResponse } from '../http/message.js';
import { picture } from '../http/picture.js';
import type { GitlabWeb } from './oauth-information.js';
import { answerTokenInfo, answerUserInfo } from './oauth-information.js';

type Page = (web: GitlabWeb, request: SimulatedRequest) => TextResponse;

const pages: Readonly<Record<string, Page>> = {
  '/': () => html(200, 'GitLab (simulated)'),
  '/.well-known/openid-configuration': answerDiscovery,
  '/oauth/token/info': answerTokenInfo,
  '/oauth/userinfo': answerUserInfo,
};

/** What is not the API and no authorization page: what tells of OAuth tokens, pictures, and a plain page else. */
export function answerWeb(web: GitlabWeb, request: SimulatedRequest): TextResponse {
  const avatar = /^\/uploads\/-\/system\/user\/avatar\/(\d+)\//.exec(request.path)?.[1];
  if (avatar !== undefined) return picture(Number(avatar));
  const page = pages[request.path];
  return page === undefined ? html(404, 'Page not found · GitLab (simulated)') : page(web, request);
}

/** @see https://openid.net/specs/openid-connect-discovery-1_0.html */
function answerDiscovery({ webUrl }: GitlabWeb): TextResponse {
  return {
    status: 200,
    headers: { 'content-type': 'application/json; charset=utf-8' },
    body: JSON.stringify({
      issuer: webUrl,
      authorization_endpoint: `${webUrl}/oauth/authorize`,
      token_endpoint: `${webUrl}/oauth/token`,
      revocation_endpoint: `${webUrl}/oauth/revoke`,
      introspection_endpoint: `${webUrl}/oauth/introspect`,
      userinfo_endpoint: `${webUrl}/oauth/userinfo`,
      jwks_uri: `${webUrl}/oauth/discovery/keys`,
      scopes_supported: [
        'api',
        'read_api',
        'read_user',
        'create_runner',
        'manage_runner',
        'k8s_proxy',
        'self_rotate',
        'read_repository',
        'write_repository',
        'read_registry',
        'write_registry',
        'ai_features',
        'sudo',
        'admin_mode',
        'openid',
        'profile',
        'email',
      ],
      response_types_supported: ['code'],
      response_modes_supported: ['query', 'fragment', 'form_post'],
      grant_types_supported: [
        'authorization_code',
        'client_credentials',
        'urn:ietf:params:oauth:grant-type:device_code',
        'refresh_token',
      ],
      token_endpoint_auth_methods_supported: ['client_secret_basic', 'client_secret_post'],
      subject_types_supported: ['public'],
      id_token_signing_alg_values_supported: ['RS256'],
      claim_types_supported: ['normal'],
      claims_supported: [
        'iss',
        'sub',
        'aud',
        'exp',
        'iat',
        'name',
        'nickname',
        'preferred_username',
        'email',
      ],
      code_challenge_methods_supported: ['plain', 'S256'],
    }),
  };
}

function html(status: number, title: string): TextResponse {
  return {
    status,
    headers: { 'content-type': 'text/html; charset=utf-8' },
    body: `<!DOCTYPE html>\n<html lang="en"><head><title>${title}</title></head><body><h1>${title}</h1></body></html>\n`,
  };
}
