import type { Person } from '../../world/model.js';
import type { Links } from './links.js';

/** `API::Entities::UserBasic`: a user as every object that mentions one has it. */
export function basicUser(links: Links, person: Person): Record<string, unknown> {
  return {
    id: person.id,
    username: person.username,
    public_email: '',
    name: person.name ?? person.username,
    state: person.suspended ? 'blocked' : 'active',
    locked: false,
    avatar_url: `${links.webUrl}/uploads/-/system/user/avatar/${person.id}/avatar.png`,
    web_url: `${links.webUrl}/${person.username}`,
  };
}

/** `API::Entities::UserPublic`, and what administrators are told of themselves: the caller's own account. */
export function ownUser(links: Links, person: Person): Record<string, unknown> {
  return {
    ...basicUser(links, person),
    created_at: person.createdAt.toISOString(),
    bio: '',
    location: '',
    linkedin: '',
    twitter: '',
    discord: '',
    website_url: '',
    github: '',
    job_title: '',
    pronouns: null,
    organization: '',
    bot: person.kind === 'bot',
    work_information: null,
    local_time: null,
    last_sign_in_at: null,
    confirmed_at: person.createdAt.toISOString(),
    last_activity_on: null,
    email: person.email,
    theme_id: 3,
    color_scheme_id: 1,
    projects_limit: person.external ? 0 : 100_000,
    current_sign_in_at: null,
    identities: [],
    can_create_group: !person.external,
    can_create_project: !person.external,
    two_factor_enabled: false,
    external: person.external,
    private_profile: false,
    commit_email: person.email,
    ...(person.administrator ? { is_admin: true, note: null, namespace_id: person.id } : {}),
  };
}
