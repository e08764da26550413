import type { Route } from '../route.js';
import { accountRoutes } from './account.js';
import { apiTokenRoutes } from './api-tokens.js';
import { auditEventRoutes } from './audit-events.js';
import { connectionRoutes } from './connections.js';
import { descriptionRoutes } from './description.js';
import { documentationRoutes } from './documentation.js';
import { explainRoutes } from './explain.js';
import { gitCredentialRoutes } from './git-credentials.js';
import { gitProviderDraftRoutes } from './git-provider-drafts.js';
import { gitProviderRoutes } from './git-providers.js';
import { healthRoutes } from './health.js';
import { oauthCallbackRoutes } from './oauth-callback.js';
import { organizationSettingsRoutes } from './organization-settings.js';
import { providerTypeRoutes } from './provider-types.js';
import { repositoryRoutes } from './repositories.js';
import { signInRoutes } from './sign-ins.js';
import { syncRoutes } from './syncs.js';
import { passwordLinkRoutes } from './password-links.js';
import { peopleRoutes } from './people.js';
import { sessionRoutes } from './session.js';
import { setUpRoutes } from './setup.js';
import { signInMethodRoutes, singleSignOnRoutes } from './single-sign-on.js';

/** Every route of the API: what the router serves is what the description tells. */
export const routes: readonly Route[] = [
  ...setUpRoutes,
  ...sessionRoutes,
  ...signInMethodRoutes,
  ...accountRoutes,
  ...apiTokenRoutes,
  ...peopleRoutes,
  ...passwordLinkRoutes,
  ...providerTypeRoutes,
  ...gitProviderRoutes,
  ...organizationSettingsRoutes,
  ...gitProviderDraftRoutes,
  ...connectionRoutes,
  ...signInRoutes,
  ...syncRoutes,
  ...repositoryRoutes,
  ...explainRoutes,
  ...gitCredentialRoutes,
  ...auditEventRoutes,
  ...descriptionRoutes(() => ({ routes, rootRoutes })),
];

/** Every route that is not under `/api/v1`, because its address outlives versions: it is registered elsewhere. */
export const rootRoutes: readonly Route[] = [
  ...healthRoutes,
  ...documentationRoutes,
  ...oauthCallbackRoutes,
  ...singleSignOnRoutes,
];
