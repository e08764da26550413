import type { CaseGroup } from './case.js';
import { credentialCases } from './cases/credentials.js';
import { deviceFlowCases } from './cases/device-flow.js';
import { lostAnswerCases } from './cases/oauth-lost-answers.js';
import { oauthRefusalCases } from './cases/oauth-refusals.js';
import { oauthCases } from './cases/oauth.js';
import { permissionCases } from './cases/permissions.js';
import { pluginCases } from './cases/plugin.js';
import { secretCases } from './cases/secrets.js';
import { sessionCases } from './cases/session.js';
import { wireCases } from './cases/wire.js';
import { failureCases } from './cases/failures.js';
import { leavingCases } from './cases/leaving.js';
import { limitCases } from './cases/limits.js';
import { linkCases } from './cases/links.js';
import { listingCases } from './cases/listing.js';
import { refusalCases } from './cases/refusals.js';
import { resumingCases } from './cases/resuming.js';

/** The whole contract. */
export const caseGroups: readonly CaseGroup[] = [
  { title: 'the plugin', cases: pluginCases },
  { title: 'a session', cases: sessionCases },
  { title: 'a listing', cases: listingCases },
  { title: 'leaving and cancelling', cases: leavingCases },
  { title: 'resuming', cases: resumingCases },
  { title: 'failures', cases: failureCases },
  { title: 'rate limits', cases: limitCases },
  { title: 'links and redirects', cases: linkCases },
  { title: 'what a credential may do', cases: refusalCases },
  { title: 'permissions', cases: permissionCases },
  { title: 'answers', cases: wireCases },
  { title: 'credentials', cases: credentialCases },
  { title: 'secrets', cases: secretCases },
  { title: 'OAuth', cases: oauthCases },
  { title: 'refusals of OAuth', cases: oauthRefusalCases },
  { title: 'lost answers of OAuth', cases: lostAnswerCases },
  { title: 'the device flow', cases: deviceFlowCases },
];
