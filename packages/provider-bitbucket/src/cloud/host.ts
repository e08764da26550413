import { withoutTrailingSlash } from '@anyforge/provider-kit';
import type { BitbucketConfig } from './config.js';

/** The plugin's type, as errors name it. */
export const provider = 'bitbucket';

/** Where Bitbucket Cloud answers. Addresses have no trailing slash. */
export interface BitbucketHost {
  readonly webUrl: string;
  readonly apiUrl: string;
}

export function resolveHost({
  baseUrl,
  apiUrl = 'https://api.bitbucket.org/2.0',
}: BitbucketConfig): BitbucketHost {
  return { webUrl: withoutTrailingSlash(baseUrl), apiUrl: withoutTrailingSlash(apiUrl) };
}
