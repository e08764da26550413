import type { AccessRules } from '../world/access-rules.js';

/**
 * What Gitea decides for itself: its administrators may do everything and list what is theirs; what is internal is
 * everybody's who is signed in; what is open in an organization is listed for its members; and of somebody who may read
 * what everybody may read, it keeps no record.
 */
export const giteaRules: AccessRules = {
  administrators: 'unlisted',
  internal: 'signed-in',
  membersReadOpen: true,
  reachesOpenByReading: false,
};

/** What Forgejo decides otherwise: it keeps a record of whom somebody has let read what everybody may read. */
export const forgejoRules: AccessRules = { ...giteaRules, reachesOpenByReading: true };
