import type { Omission, OrganizationRef } from '@anyforge/core';
import { ProviderError } from '@anyforge/core';

/**
 * Reads `X-GitHub-SSO: partial-results; organizations=21955855,20582480`, which comes with a 200 and a listing
 * that lacks the repositories of these organizations.
 *
 * @throws ProviderError `invalid_response` when results are partial but what they lack is not understood: a list
 * that is short without saying so reads as revoked permissions.
 * @see https://docs.github.com/rest/authentication/authenticating-to-the-rest-api
 */
export function readOmissions(header: string | number | undefined): readonly Omission[] | undefined {
  const text = String(header ?? '');
  if (!/partial/i.test(text)) return undefined;
  const list = /organizations\s*=\s*"?([\d,\s]+)/i.exec(text)?.[1] ?? '';
  const ids = list
    .split(',')
    .map((id) => id.trim())
    .filter((id) => id !== '');
  if (ids.length === 0) {
    throw new ProviderError(
      'invalid_response',
      'GitHub left something out of a list and does not say what.',
      {
        provider: 'github',
        repair: { text: 'Authorize this credential for single sign-on with your organizations.' },
      },
    );
  }
  return ids.map((id) => ({ organization: { id }, reason: 'sso_required' }));
}

/** GitHub names what it left out by id; what was asked for by path may be any of that. */
export function omissionFilter(organizations: readonly OrganizationRef[]): (omission: Omission) => boolean {
  const ids = organizations.map((organization) => ('id' in organization ? organization.id : undefined));
  if (ids.length === 0 || ids.includes(undefined)) return () => true;
  return ({ organization }) => 'id' in organization && ids.includes(organization.id);
}
