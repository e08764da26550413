import type { AccountPermission, GitSession, Omission, RepositoryRef } from '@anyforge/core';
import type { ForgeLink } from '../forge-links.js';
import { mergeOmissions } from '../syncs/merge-omissions.js';
import { itemsUntilAborted } from '../until-aborted.js';

/** What everybody may do on one repository, as far as the credential that asked may know. */
export interface RepositoryPermissions {
  /** In the forge's order; all of them. */
  readonly items: readonly AccountPermission[];
  /** What the forge left out, and says so. */
  readonly omitted: readonly Omission[];
}

/** Somebody waits for it. */
const maxWaitMs = 10_000;

/** @throws ProviderError why the forge does not tell. */
export async function askPermissions(
  session: GitSession,
  repository: RepositoryRef,
  {
    link,
    signal = new AbortController().signal,
  }: { readonly link: ForgeLink; readonly signal?: AbortSignal | undefined },
): Promise<RepositoryPermissions> {
  const items: AccountPermission[] = [];
  let omitted: readonly Omission[] = [];
  const listing = session.permissions(repository, { signal, maxWaitMs });
  for await (const page of itemsUntilAborted(listing.pages(), signal)) {
    items.push(...page.items.map((item) => withLinks(item, link)));
    omitted = mergeOmissions(omitted, page.omitted);
  }
  return { items, omitted: omitted.map((omission) => ({ ...omission, url: link(omission.url) })) };
}

function withLinks({ account, ...rest }: AccountPermission, link: ForgeLink): AccountPermission {
  const { avatarUrl, webUrl } = account;
  return { ...rest, account: { ...account, avatarUrl: link(avatarUrl), webUrl: link(webUrl) } };
}
