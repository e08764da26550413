import type { GiteaTeam } from '../teams.js';
import { modeName, modes, units } from '../units.js';

/** `api.Team` @param organization as JSON, in listings that are not an organization's own */
export function teamJson(team: GiteaTeam, organization: object | null = null): object {
  const { id, name, description, includesAll, mode } = team;
  return {
    id,
    name,
    description,
    organization,
    includes_all_repositories: includesAll,
    permission: modeName(mode),
    units,
    units_map: Object.fromEntries(units.map((unit) => [unit, modeName(team.units[unit])])),
    can_create_org_repo: mode === modes.owner,
  };
}
