import type { Owner } from '../../world/model.js';
import { personalKey } from '../showable.js';
import type { Links } from './links.js';
import { userSlug } from './user.js';

export function projectKey(owner: Owner): string {
  return owner.type === 'person' ? personalKey(owner) : owner.slug;
}

/** The schema `RestProject`; null fields are left out, as Bitbucket does. */
export function projectWire({ webUrl }: Links, owner: Owner): Record<string, unknown> {
  if (owner.type === 'person') {
    return {
      key: personalKey(owner),
      id: owner.id,
      name: owner.name ?? owner.username,
      type: 'PERSONAL',
      links: { self: [{ href: `${webUrl}/users/${userSlug(owner.username)}` }] },
    };
  }
  const { slug, id, name, description } = owner;
  return {
    key: slug,
    id,
    name,
    ...(description === null ? {} : { description }),
    public: false,
    type: 'NORMAL',
    links: { self: [{ href: `${webUrl}/projects/${slug}` }] },
  };
}
