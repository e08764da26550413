import type { Organization } from '../../world/model.js';
import type { OwnerVisibility } from '../owners.js';
import type { Links } from './links.js';
import { avatarUrl, fullName } from './user.js';

/** `api.Organization` */
export function organizationJson(
  links: Links,
  organization: Organization,
  visibility: OwnerVisibility,
): object {
  const { id, path, description } = organization;
  return {
    id,
    name: path,
    full_name: fullName(organization),
    email: '',
    avatar_url: avatarUrl(links, organization),
    description: description ?? '',
    website: '',
    location: '',
    visibility,
    repo_admin_change_team_access: false,
    username: path,
  };
}
