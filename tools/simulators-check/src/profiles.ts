import type { Profile } from './exchange.js';
import { githubCloud, githubCloudBefore, githubEnterpriseServer } from './forges/github.js';

/** Every simulator, and every forge that is described and has none yet. */
export const profiles: readonly Profile[] = [
  githubCloud,
  githubCloudBefore,
  githubEnterpriseServer,
  { name: 'Gitea', file: 'gitea.json' },
];
