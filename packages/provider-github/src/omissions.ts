import type { Omission } from '@anyforge/core';

/**
 * Reads `X-GitHub-SSO: partial-results; organizations=21955855,20582480`, which comes with a 200 and a listing
 * that lacks the repositories of these organizations.
 *
 * @see https://docs.github.com/rest/authentication/authenticating-to-the-rest-api
 */
export function readOmissions(header: string | number | undefined): readonly Omission[] | undefined {
  const ids = /^partial-results;\s*organizations=([\d,\s]+)/.exec(String(header ?? ''))?.[1];
  return ids
    ?.split(',')
    .map((id) => id.trim())
    .filter((id) => id !== '')
    .map((id) => ({ organization: { id }, reason: 'sso_required' }));
}
