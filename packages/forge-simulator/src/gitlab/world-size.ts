import type { WorldSize } from '../world/generate.js';

/** For `generateWorld`: a world of GitLab's kind, with every kind of grant that GitLab has and none else. */
export const gitlabWorldSize: WorldSize = {
  nesting: 2,
  shares: true,
  teamsPerOrganization: 0,
  levels: ['read', 'write', 'maintain', 'admin'],
  guestRoles: ['guest', 'planner'],
};
