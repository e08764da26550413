import { createHash } from 'node:crypto';
import type { Organization } from '../../world/model.js';
import { accessLevelOf, customRoleOf } from '../access-level.js';
import type { Invitation, Member } from '../memberships.js';
import type { Links } from './links.js';
import { basicUser } from './user.js';

/** `API::Entities::Member` */
export function memberRow(links: Links, { person, accessLevel, standing }: Member): Record<string, unknown> {
  const customRole = customRoleOf(standing);
  return {
    ...basicUser(links, person),
    access_level: accessLevel,
    created_at: person.createdAt.toISOString(),
    expires_at: null,
    membership_state: 'active',
    ...(customRole === undefined
      ? {}
      : {
          member_role: {
            id: roleId(customRole),
            name: customRole,
            description: null,
            base_access_level: accessLevelOf(standing),
          },
        }),
  };
}

/** One of a project's or a group's `shared_with_groups`. */
export function sharedWithGroup({ group, accessLevel }: Invitation): Record<string, unknown> {
  const { id, name, path }: Organization = group;
  return {
    group_id: id,
    group_name: name,
    group_full_path: path,
    group_access_level: accessLevel,
    expires_at: null,
  };
}

/** The same for the same name. */
function roleId(name: string): number {
  return createHash('sha256').update(name).digest().readUInt16BE() + 1;
}
