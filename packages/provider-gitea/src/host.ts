import { withoutTrailingSlash } from '@anyforge/provider-kit';
import type { GiteaConfig } from './config.js';

/** Where one Gitea answers. Addresses have no trailing slash, and keep the path prefix. */
export interface GiteaHost {
  readonly webUrl: string;
  readonly apiUrl: string;
}

/** @see https://docs.gitea.com/development/api-usage */
export function resolveHost(config: GiteaConfig): GiteaHost {
  const webUrl = withoutTrailingSlash(config.baseUrl);
  return { webUrl, apiUrl: `${webUrl}/api/v1` };
}
