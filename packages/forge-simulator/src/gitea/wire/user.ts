import type { Owner } from '../../world/model.js';
import type { OwnerVisibility } from '../owners.js';
import type { Links } from './links.js';
import { epoch, noTime, timestamp } from './time.js';

/** How much of somebody is told: to nobody less, and to themselves and administrators more. */
export type UserDetail = 'anybody' | 'signed-in' | 'own';

export interface UserView {
  readonly links: Links;
  readonly detail: UserDetail;
  readonly visibility: OwnerVisibility;
}

/** `api.User`; organizations are users, too. */
export function userJson(owner: Owner, { links, detail, visibility }: UserView): object {
  const { path, id, createdAt } = owner;
  const isOwn = detail === 'own';
  const person = owner.type === 'person' ? owner : undefined;
  return {
    id,
    login: path,
    login_name: '',
    source_id: 0,
    full_name: fullName(owner),
    email: emailOf(links, owner, detail),
    avatar_url: avatarUrl(links, owner),
    html_url: `${links.webUrl}/${path}`,
    language: '',
    is_admin: isOwn && person?.administrator === true,
    last_login: isOwn ? epoch : noTime,
    created: timestamp(createdAt),
    restricted: person?.external === true,
    active: isOwn,
    prohibit_login: isOwn && person?.suspended === true,
    location: '',
    website: '',
    description: owner.type === 'organization' ? (owner.description ?? '') : '',
    visibility,
    followers_count: 0,
    following_count: 0,
    starred_repos_count: 0,
    username: path,
  };
}

export function avatarUrl({ webUrl }: Links, { id }: Owner): string {
  return `${webUrl}/avatars/${id}`;
}

/** Nothing where it is the name that one signs in with. */
export function fullName(owner: Owner): string {
  return owner.name === owner.path ? '' : (owner.name ?? '');
}

/** Who has none that others may see has one that stands for it. */
function emailOf({ webUrl }: Links, owner: Owner, detail: UserDetail): string {
  const placeholder = `${owner.id}+${owner.path.toLowerCase()}@noreply.${new URL(webUrl).hostname}`;
  if (detail === 'anybody') return placeholder;
  return owner.type === 'organization' ? '' : (owner.email ?? placeholder);
}
