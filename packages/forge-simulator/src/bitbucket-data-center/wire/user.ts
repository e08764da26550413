import type { Person, Team } from '../../world/model.js';
import { groupName } from '../showable.js';
import type { SignedInUser } from '../viewer.js';
import type { Links } from './links.js';

/** How a user name stands in addresses. */
export function userSlug(username: string): string {
  return username.toLowerCase().replace(/[^\w.-]/g, '_');
}

/** The schema `RestApplicationUser`. */
export function userWire({ webUrl }: Links, person: Person): Record<string, unknown> {
  const { id, username, name, email, suspended } = person;
  const slug = userSlug(username);
  return {
    name: username,
    ...(email === null ? {} : { emailAddress: email }),
    active: !suspended,
    displayName: name ?? username,
    id,
    slug,
    type: 'NORMAL',
    links: { self: [{ href: `${webUrl}/users/${slug}` }] },
  };
}

/** The user that stands for a token of a project or repository. */
export function serviceUserWire({ id, username }: SignedInUser): Record<string, unknown> {
  return {
    name: username,
    active: true,
    displayName: username,
    id,
    slug: userSlug(username),
    type: 'SERVICE',
    links: { self: [] },
  };
}

/** The schema `RestPermittedUser`. */
export function permittedUser(links: Links, person: Person, permission: string): Record<string, unknown> {
  return { user: userWire(links, person), permission };
}

/** The schema `RestPermittedGroup`. */
export function permittedGroup(team: Team, permission: string): Record<string, unknown> {
  return { group: { name: groupName(team) }, permission };
}
