import type { OAuthErrorRow } from './description.js';

const authorization = 'https://www.rfc-editor.org/rfc/rfc6749#section-4.1.2.1';
const token = 'https://www.rfc-editor.org/rfc/rfc6749#section-5.2';
const device = 'https://www.rfc-editor.org/rfc/rfc8628#section-3.5';
const scopeRepair = 'Allow these scopes where the OAuth application is registered, or ask for fewer.';

/** The error codes of the standards, for all forges; a forge's own rows come before them. */
export const standardErrors: readonly OAuthErrorRow[] = [
  { code: 'access_denied', kind: 'access_denied', see: authorization },
  { code: ['server_error', 'temporarily_unavailable'], kind: 'unavailable', see: authorization },
  { code: 'unsupported_response_type', kind: 'unsupported', see: authorization },
  { code: ['invalid_client', 'unauthorized_client'], kind: 'client_rejected', see: token },
  { code: 'invalid_grant', kind: 'grant_expired', see: token },
  { code: 'invalid_scope', kind: 'invalid_request', repair: scopeRepair, see: token },
  { code: 'unsupported_grant_type', kind: 'unsupported', see: token },
  { code: 'expired_token', kind: 'grant_expired', see: device },
  {
    code: 'unsupported_token_type',
    kind: 'unsupported',
    see: 'https://www.rfc-editor.org/rfc/rfc7009#section-2.2.1',
  },
];
