import type { CallOptions, CredentialSource, Repository, RepositoryQuery } from '@anyforge/core';
import { createPathFilter } from '@anyforge/core';
import type { PageWalk } from '@anyforge/provider-kit';
import { askCredential, parseAnswer, readLastPage, readLinkPage } from '@anyforge/provider-kit';
import type { ApiAnswer } from './api-answer.js';
import type { Recount } from './census.js';
import type { CountedPage } from './counted-page.js';
import type { GithubHost } from './host.js';
import { installationRepositories, isInstallation, toInstallationRepository } from './installation.js';
import { toRepository } from './map.js';
import { omissionFilter, readOmissions } from './omissions.js';
import { organizationFilter } from './references.js';
import { listSteadily } from './steady-listing.js';
import { installationPage, repositoryPage } from './wire.js';

const provider = 'github';
const pageSize = 100;

export interface RepositoryListingParts {
  readonly host: GithubHost;
  readonly source: CredentialSource;
  readonly get: (url: string, call: CallOptions) => Promise<ApiAnswer>;
}

/** What an account reaches, by full name; the selection is made while reading. */
export function listRepositories(
  { host, source, get }: RepositoryListingParts,
  { organizations = [], patterns = [], resume }: RepositoryQuery,
  call: CallOptions,
): PageWalk<Repository> {
  const isOwned = organizationFilter(organizations);
  const filter = createPathFilter(patterns);
  const concerns = omissionFilter(organizations);
  const addressOf = (size: number, page?: number): string => {
    const parameters = new URLSearchParams({
      // For the user token of a GitHub App too: it lists what person and app both reach, over all installations.
      affiliation: 'owner,collaborator,organization_member',
      // Unique, so that no two repositories change places between pages.
      sort: 'full_name',
      per_page: String(size),
      ...(page !== undefined && { page: String(page) }),
    });
    return `${host.apiUrl}/user/repos?${parameters.toString()}`;
  };
  const first = addressOf(pageSize);
  const installation = `${host.apiUrl}${installationRepositories}`;

  async function load(url: string, pageCall: CallOptions): Promise<CountedPage<Repository>> {
    const isOther = url === first && isInstallation(await askCredential(provider, source, pageCall));
    const address = isOther ? `${installation}?per_page=${String(pageSize)}` : url;
    const { data, headers } = await get(address, pageCall);
    const { repositories = data, total_count: total } = installationPage.safeParse(data).data ?? {};
    const toItem = address.startsWith(installation) ? toInstallationRepository : toRepository;
    const answer = { url: address, link: headers.link };
    return {
      ...readLinkPage(provider, answer),
      total,
      lastPage: readLastPage(provider, answer),
      answeredAt: toEpoch(headers['date']),
      omitted: readOmissions(headers['x-github-sso'])?.filter(concerns),
      entries: parseAnswer(provider, 'the repositories', repositoryPage, repositories).map((wire) => ({
        id: wire.id,
        createdAt: toEpoch(wire.created_at),
        item: isOwned(wire.owner) && filter.includes(wire.full_name) ? toItem(wire) : undefined,
      })),
    };
  }

  /** One repository in each page: so the last page's number is that of all, and the one asked for is where the first page ends. */
  async function recount(pageCall: CallOptions): Promise<Recount> {
    const url = addressOf(1, pageSize);
    const { data, headers } = await get(url, pageCall);
    const [edge] = parseAnswer(provider, 'the repositories', repositoryPage, data);
    return { count: readLastPage(provider, { url, link: headers.link }), edge: edge?.id };
  }

  return listSteadily({
    provider,
    listing: JSON.stringify(['steady', first, organizations, patterns]),
    first,
    pageSize,
    load,
    recount,
    call,
    resume,
  });
}

function toEpoch(text: string | number | null | undefined): number | undefined {
  const epoch = Date.parse(String(text ?? ''));
  return Number.isNaN(epoch) ? undefined : epoch;
}
