import type { Installation } from '../installations.js';
import { applicationId } from '../installations.js';
import { simpleUser } from './account.js';
import type { Links } from './links.js';

const installedAt = '2026-01-01T00:00:00Z';

/** The schema `installation`. */
export function installation(links: Links, each: Installation): Record<string, unknown> {
  const { account } = each;
  const settings = account.type === 'organization' ? `organizations/${account.path}/settings` : 'settings';
  return {
    id: each.id,
    client_id: 'Iv23simulated',
    account: simpleUser(links, account),
    repository_selection: each.repositories === 'all' ? 'all' : 'selected',
    access_tokens_url: `${links.apiUrl}/app/installations/${each.id}/access_tokens`,
    repositories_url: `${links.apiUrl}/installation/repositories`,
    html_url: `${links.webUrl}/${settings}/installations/${each.id}`,
    app_id: applicationId,
    app_slug: each.application,
    target_id: account.id,
    target_type: account.type === 'organization' ? 'Organization' : 'User',
    permissions: each.permissions,
    events: [],
    created_at: installedAt,
    updated_at: installedAt,
    single_file_name: null,
    has_multiple_single_files: false,
    single_file_paths: [],
    suspended_by: null,
    suspended_at: null,
  };
}
