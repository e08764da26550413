import type { World } from '../world/world.js';
import type { Owners } from './owners.js';
import type { PageSizes } from './paging.js';
import type { Permissions } from './permissions.js';
import type { GiteaProfile } from './profile.js';
import type { GiteaTeams } from './teams.js';
import type { GiteaTokens } from './tokens.js';

/** What a simulated Gitea consists of, apart from the connection. */
export interface GiteaState {
  readonly world: World;
  readonly profile: GiteaProfile;
  readonly tokens: GiteaTokens;
  readonly owners: Owners;
  readonly teams: GiteaTeams;
  readonly permissions: Permissions;
  readonly pageSizes: PageSizes;
  /** Whether nobody is answered without signing in. */
  readonly closed: boolean;
}
