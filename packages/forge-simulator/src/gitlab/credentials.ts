import type { SimulatedRequest } from '../http/message.js';
import type { GitlabToken, GitlabTokens, GitlabTokenState } from './tokens.js';

/** What a request's credential amounts to. Given and not found: one that was never issued, or not for this place. */
export interface CredentialReading {
  readonly given: boolean;
  readonly found: { readonly token: GitlabToken; readonly state: GitlabTokenState } | undefined;
}

/**
 * Reads `PRIVATE-TOKEN: t` and `private_token=t`, which take no OAuth token, and `Authorization: Bearer t` and
 * `access_token=t`, which take any. Other schemes are not looked at.
 * @see https://docs.gitlab.com/api/rest/authentication/
 */
export function readCredential(request: SimulatedRequest, tokens: GitlabTokens): CredentialReading {
  const { headers, query } = request;
  const bearer = /^bearer\s+(.+)$/i.exec(headers.get('authorization')?.trim() ?? '')?.[1];
  const any = bearer ?? query.get('access_token') ?? '';
  if (any !== '') return { given: true, found: tokens.find(any) };
  const personal = headers.get('private-token') ?? query.get('private_token') ?? '';
  if (personal === '') return { given: false, found: undefined };
  const found = tokens.find(personal);
  return { given: true, found: found?.token.kind === 'personal' ? found : undefined };
}
