import { withoutTrailingSlash } from '@anyforge/provider-kit';
import type { GithubConfig } from './config.js';
import { isGithubCloud } from './config.js';

/** Where one GitHub answers, and how it wants to be spoken to. Addresses have no trailing slash. */
export interface GithubHost {
  readonly product: 'GitHub' | 'GitHub Enterprise Cloud' | 'GitHub Enterprise Server';
  readonly webUrl: string;
  readonly apiUrl: string;
  /**
   * Enterprise Server up to 3.19 knows no version but 2022-11-28.
   * @see https://docs.github.com/rest/about-the-rest-api/api-versions
   */
  readonly apiVersion: '2026-03-10' | '2022-11-28';
}

/**
 * Finds the API from the web address: `api.github.com`, `api.SUBDOMAIN.ghe.com`, or `/api/v3` on the host of an
 * Enterprise Server. An API given elsewhere is an Enterprise Server's exactly when it ends in `/api/v3`.
 */
export function resolveHost(config: GithubConfig): GithubHost {
  const webUrl = withoutTrailingSlash(config.baseUrl);
  const apiUrl = withoutTrailingSlash(config.apiUrl ?? defaultApiUrl(webUrl));
  if (apiUrl.endsWith('/api/v3')) {
    return { product: 'GitHub Enterprise Server', webUrl, apiUrl, apiVersion: '2022-11-28' };
  }
  const product = new URL(webUrl).hostname.endsWith('.ghe.com') ? 'GitHub Enterprise Cloud' : 'GitHub';
  return { product, webUrl, apiUrl, apiVersion: '2026-03-10' };
}

function defaultApiUrl(webUrl: string): string {
  if (!isGithubCloud(webUrl)) return `${webUrl}/api/v3`;
  return `https://api.${new URL(webUrl).hostname}`;
}
