import type { SimulatedRequest, TextResponse } from '../http/message.js';
import type { BitbucketTokens } from './tokens.js';
import { readCredential } from './credentials.js';
import type { BitbucketVersion } from './version.js';
import { personOf } from './tokens.js';

export interface WebOptions {
  readonly webUrl: string;
  readonly version: BitbucketVersion;
  readonly tokens: BitbucketTokens;
}

/** The servlet that tells a user's name, and a plain page for everything else. */
export function answerWeb(request: SimulatedRequest, options: WebOptions): TextResponse {
  if (request.path === '/plugins/servlet/applinks/whoami') return whoAmI(request, options);
  const found = request.path === '/' || request.path === '/login';
  const title = found ? 'Bitbucket (simulated)' : 'Page not found - Bitbucket (simulated)';
  return {
    status: found ? 200 : 404,
    headers: { 'content-type': 'text/html;charset=UTF-8' },
    body: `<!DOCTYPE html>\n<html lang="en"><head><title>${title}</title></head><body><h1>${title}</h1></body></html>\n`,
  };
}

/**
 * The user's name, or nothing, with a 200 either way. Newer versions refuse tokens here.
 * @see https://support.atlassian.com/bitbucket-data-center/kb/access-tokens-no-longer-work-as-expected-after-upgrading-bitbucket-data-center
 */
function whoAmI({ headers }: SimulatedRequest, { webUrl, version, tokens }: WebOptions): TextResponse {
  const header = headers.get('authorization');
  const reading = readCredential(header, tokens);
  if (header !== null && version.tokensOnlyForRest) {
    if (reading.kind === 'accepted' && /^bearer/i.test(header))
      return { status: 302, headers: { location: `${webUrl}/login` }, body: '' };
    return { status: 401, headers: { 'content-type': 'text/plain;charset=UTF-8' }, body: '' };
  }
  const person = reading.kind === 'accepted' ? personOf(reading.token) : undefined;
  return {
    status: 200,
    headers: { 'content-type': 'text/plain;charset=UTF-8' },
    body: person?.username ?? '',
  };
}
