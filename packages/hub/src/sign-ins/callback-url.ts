/**
 * Where a forge sends people back to. Registered at forges as it is, so it is the same for ever: one path for each git
 * provider, so that what one forge answers is never taken for the answer of another.
 *
 * @param publicUrl origin with an optional path, without a slash at its end
 */
export function callbackUrl(publicUrl: string, gitProviderId: string): string {
  return `${publicUrl}/oauth/callback/${encodeURIComponent(gitProviderId)}`;
}
