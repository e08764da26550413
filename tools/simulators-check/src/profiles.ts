import type { Profile } from './exchange.js';
import { bitbucketCloud } from './forges/bitbucket-cloud.js';
import { bitbucketDataCenter } from './forges/bitbucket-data-center.js';
import { forgejo, gitea } from './forges/gitea.js';
import { githubCloud, githubCloudBefore, githubEnterpriseServer } from './forges/github.js';
import { gitlabCom, gitlabSelfManaged } from './forges/gitlab.js';

/** Every simulator, in each form of its forge. */
export const profiles: readonly Profile[] = [
  githubCloud,
  githubCloudBefore,
  githubEnterpriseServer,
  gitlabCom,
  gitlabSelfManaged,
  bitbucketCloud,
  bitbucketDataCenter,
  gitea,
  forgejo,
];
