import type { WorldSize } from '../world/generate.js';

/** What generated worlds are like that Gitea can show. */
export const giteaWorldSize = {
  levels: ['read', 'write', 'admin'],
  customRoles: false,
  visibilities: ['private', 'private', 'private', 'public'],
} as const satisfies WorldSize;
