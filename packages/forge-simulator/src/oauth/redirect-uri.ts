import type { OAuthClient } from './clients.js';
import type { AuthorizationRules, OAuthRules } from './rules.js';

/** Whether an address may be used by a client. */
export function isRegistered(
  { authorization }: OAuthRules,
  { redirectUris }: OAuthClient,
  given: string,
): boolean {
  return redirectUris.some((registered) => matchesRegistered(authorization.registered, registered, given));
}

/** Whether an address may be used where another one is registered. */
function matchesRegistered(
  rule: AuthorizationRules['registered'],
  registered: string,
  given: string,
): boolean {
  if (rule === 'exact') return given === registered;
  if (!URL.canParse(given) || !URL.canParse(registered)) return false;
  const [allowed, asked] = [new URL(registered), new URL(given)];
  if (asked.username !== '' || asked.password !== '' || asked.protocol !== allowed.protocol) return false;
  // An application on the person's own machine chooses its port when it starts.
  const sameHost =
    loopback.includes(allowed.hostname) && loopback.includes(asked.hostname)
      ? asked.hostname === allowed.hostname
      : asked.host === allowed.host ||
        (rule === 'below-or-sub-domain' && asked.host.endsWith(`.${allowed.host}`));
  return sameHost && isBelow(allowed.pathname, asked.pathname);
}

const loopback = ['127.0.0.1', '[::1]', 'localhost'];

function isBelow(folder: string, path: string): boolean {
  return path === folder || path.startsWith(folder.endsWith('/') ? folder : `${folder}/`);
}
