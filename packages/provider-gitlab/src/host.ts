import { withoutTrailingSlash } from '@anyforge/provider-kit';
import type { GitlabConfig } from './config.js';
import { isGitlabCom } from './config.js';

/** Where one GitLab answers. Addresses have no trailing slash, and keep the path prefix. */
export interface GitlabHost {
  readonly isGitlabCom: boolean;
  readonly webUrl: string;
  readonly apiUrl: string;
}

/** @see https://docs.gitlab.com/api/rest/ */
export function resolveHost(config: GitlabConfig): GitlabHost {
  const webUrl = withoutTrailingSlash(config.baseUrl);
  return { isGitlabCom: isGitlabCom(webUrl), webUrl, apiUrl: `${webUrl}/api/v4` };
}
