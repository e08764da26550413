import type { WorldSize } from '../world/generate.js';

/** For `generateWorld`: a world of Bitbucket's kind, Cloud's and Data Center's. */
export const bitbucketWorldSize: WorldSize = {
  levels: ['read', 'write', 'admin'],
  customRoles: false,
  visibilities: ['private', 'private', 'private', 'private', 'public'],
};
