import type { Profile } from './exchange.js';
import { bitbucketCloud } from './forges/bitbucket-cloud.js';
import { bitbucketDataCenter } from './forges/bitbucket-data-center.js';
import { githubCloud, githubCloudBefore, githubEnterpriseServer } from './forges/github.js';
import { gitlabCom, gitlabSelfManaged } from './forges/gitlab.js';

/** Every simulator, and every forge that is described and has none yet. */
export const profiles: readonly Profile[] = [
  githubCloud,
  githubCloudBefore,
  githubEnterpriseServer,
  gitlabCom,
  gitlabSelfManaged,
  bitbucketCloud,
  bitbucketDataCenter,
  { name: 'Gitea', file: 'gitea.json' },
];
