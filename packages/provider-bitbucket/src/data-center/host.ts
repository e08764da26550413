import { withoutTrailingSlash } from '@anyforge/provider-kit';
import type { BitbucketDataCenterConfig } from './config.js';

/** Where one Bitbucket answers. Addresses have no trailing slash, and keep the context path. */
export interface BitbucketDataCenterHost {
  readonly webUrl: string;
  readonly apiUrl: string;
}

/** @see https://developer.atlassian.com/server/bitbucket/rest/latest/intro/ */
export function resolveHost(config: BitbucketDataCenterConfig): BitbucketDataCenterHost {
  const webUrl = withoutTrailingSlash(config.baseUrl);
  return { webUrl, apiUrl: `${webUrl}/rest/api/latest` };
}
