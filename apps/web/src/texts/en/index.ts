import { account } from './account.js';
import { common } from './common.js';
import { connections } from './connections.js';
import { gitProviderEditor } from './git-provider-editor.js';
import { gitProviders } from './git-providers.js';
import { health } from './health.js';
import { organizationSettings } from './organization-settings.js';
import { people } from './people.js';
import { problems } from './problems.js';
import { locale, relativeTime } from './relative-time.js';
import { repositories } from './repositories.js';
import { schemaForm } from './schema-form.js';
import { session } from './session.js';
import { setUp } from './set-up.js';
import { shell } from './shell.js';
import { syncs } from './syncs.js';

/** Everything that the page says, in English. Another language is another object of the same type. */
export const english = {
  locale,
  account,
  common,
  connections,
  gitProviderEditor,
  gitProviders,
  health,
  organizationSettings,
  people,
  problems,
  relativeTime,
  repositories,
  schemaForm,
  session,
  setUp,
  shell,
  syncs,
};
