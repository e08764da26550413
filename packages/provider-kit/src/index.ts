export type { ResolvedContext, SharedBudgetsOptions } from './context.js';
export { createSharedBudgets, resolveContext } from './context.js';
export { askCredential } from './credentials/ask-credential.js';
export { toCredentialSource } from './credentials/credential-source.js';
export { secretOf } from './credentials/secret-of.js';
export { redactUrl, scrub } from './redaction.js';
export { parseAnswer } from './answers/parse-answer.js';
export { readJson } from './answers/read-json.js';
export { toProviderError } from './answers/to-provider-error.js';
export { basicAuthorization } from './oauth/authorization-server.js';
export type { OAuthFlowOptions } from './oauth/authorization-server.js';
export { createOAuthFlow } from './oauth/create-oauth-flow.js';
export { splitScopes } from './oauth/credential.js';
export type {
  OAuthClient,
  OAuthClientCheck,
  OAuthDescription,
  OAuthErrorRow,
  OAuthRequest,
  OAuthRevocation,
  TokenAnswer,
} from './oauth/description.js';
export { parseRedirectUri } from './oauth/redirect-uri.js';
export type { PageAnswer } from './paging/page-styles.js';
export { leavable } from './paging/leavable.js';
export {
  readCursorPage,
  readLastPage,
  readLinkPage,
  readOffsetPage,
  readStartPage,
} from './paging/page-styles.js';
export type { Checkpoint, ListingName } from './paging/resume.js';
export { openCheckpoint, sealCheckpoint } from './paging/resume.js';
export { createSlots } from './paging/slots.js';
export type { LoadedPage, PageWalk, WalkOptions } from './paging/walk-pages.js';
export { walkPages } from './paging/walk-pages.js';
export type { MemoryResponsesOptions } from './responses/memory-responses.js';
export { createMemoryResponses } from './responses/memory-responses.js';
export type { Authorization } from './transport/authorize.js';
export type { Timeouts } from './transport/exchange.js';
export type {
  BudgetHeaders,
  ErrorRow,
  FailedAnswer,
  ForgeProfile,
  LimitProfile,
  PacingRule,
  Repair,
} from './transport/profile.js';
export type { Retries } from './transport/retry.js';
export type { Transport, TransportOptions } from './transport/transport.js';
export { createTransport } from './transport/transport.js';
export { systemClock } from './system-clock.js';
export { isBareAddress, isPlainHttps, withoutTrailingSlash } from './web-address.js';
