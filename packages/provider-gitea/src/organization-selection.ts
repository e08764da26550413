import type { CallOptions, Omission, OrganizationRef } from '@anyforge/core';
import { ProviderError } from '@anyforge/core';
import type { Get } from './api.js';
import { organizationKey, segment } from './references.js';
import { organizationWire } from './wire.js';

/** Which repositories belong to some organizations. */
export interface OrganizationSelection {
  readonly includes: (owner: { readonly id: string }) => boolean;
  /** The organizations named by path that Gitea does not show to the account, or that are not there. */
  readonly omitted: readonly Omission[] | undefined;
}

/**
 * Finds the organizations. They are told by their ids from then on, so that a listing does not lose one that is renamed
 * meanwhile.
 *
 * @throws ProviderError `invalid_request` for what cannot name an organization
 */
export async function selectOrganizations(
  get: Get,
  organizations: readonly OrganizationRef[],
  call: CallOptions,
): Promise<OrganizationSelection> {
  if (organizations.length === 0) return { includes: () => true, omitted: undefined };
  const found = await Promise.all(organizations.map((reference) => findId(get, reference, call)));
  const ids = new Set(found);
  const omitted = organizations
    .filter((_, index) => found[index] === undefined)
    .map((organization): Omission => ({ organization, reason: 'forbidden' }));
  return { includes: ({ id }) => ids.has(id), omitted: omitted.length === 0 ? undefined : omitted };
}

async function findId(get: Get, reference: OrganizationRef, call: CallOptions): Promise<string | undefined> {
  const key = organizationKey(reference);
  if ('id' in key) return key.id;
  try {
    const { data } = await get(
      { what: 'the organization', path: `/orgs/${segment(key.name)}`, schema: organizationWire },
      call,
    );
    return data.id;
  } catch (error) {
    if (ProviderError.is(error) && error.kind === 'not_found') return undefined;
    throw error;
  }
}
