import type { Owner, Person } from '../../world/model.js';
import { uuidOf } from '../uuid.js';
import type { Links } from './links.js';
import { link, segment, timestamp } from './links.js';

/** The schema `user`, as every object that mentions a person has it. */
export function user(links: Links, person: Person): Record<string, unknown> {
  const uuid = uuidOf('user', person.id);
  return {
    type: 'user',
    uuid,
    account_id: accountId(person),
    display_name: person.name ?? person.username,
    nickname: person.username,
    links: {
      self: link(`${links.apiUrl}/users/${segment(uuid)}`),
      avatar: link(`${links.webUrl}/avatars/${person.id}`),
      html: link(`${links.webUrl}/${segment(uuid)}/`),
    },
  };
}

/** The signed-in person. */
export function signedInUser(links: Links, person: Person): Record<string, unknown> {
  const { links: known, ...fields } = user(links, person);
  const uuid = uuidOf('user', person.id);
  return {
    ...fields,
    created_on: timestamp(person.createdAt),
    account_status: 'active',
    has_2fa_enabled: null,
    is_staff: false,
    links: { ...Object(known), repositories: link(`${links.apiUrl}/repositories/${segment(uuid)}`) },
  };
}

/** Whom a repository belongs to: a person, or what is still called a team. */
export function owner(links: Links, workspace: Owner): Record<string, unknown> {
  if (workspace.type === 'person') return user(links, workspace);
  const uuid = uuidOf('workspace', workspace.id);
  return {
    type: 'team',
    uuid,
    display_name: workspace.name,
    links: {
      self: link(`${links.apiUrl}/workspaces/${segment(uuid)}`),
      avatar: link(`${links.webUrl}/workspaces/${workspace.path}/avatar/`),
      html: link(`${links.webUrl}/${segment(uuid)}/`),
    },
  };
}

function accountId({ id }: Person): string {
  return `557058:${uuidOf('user', id).slice(1, -1)}`;
}
