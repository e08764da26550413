export type { ForgeSimulator } from './forge-simulator.js';
export type { Access } from './world/access.js';
export { accessOf, effectiveLevel, holdersOf, reachOf } from './world/access.js';
export type { AccessRules, Standing } from './world/access-rules.js';
export type { AccessSource } from './world/personal-view.js';
export type { GeneratedWorld, WorldSize } from './world/generate.js';
export { generateWorld } from './world/generate.js';
export { everybody } from './world/model.js';
export type {
  Everybody,
  Grant,
  GrantSubject,
  GrantTarget,
  Membership,
  Organization,
  Owner,
  Person,
  Project,
  Repository,
  Team,
  Visibility,
} from './world/model.js';
export type {
  GrantRequest,
  MembershipRequest,
  NewOrganization,
  NewPerson,
  NewProject,
  NewRepository,
  NewTeam,
} from './world/requests.js';
export type { ReadableWorld } from './world/readable-world.js';
export type { World } from './world/world.js';
export { createWorld } from './world/world.js';
export type { Clock } from './http/clock.js';
export { systemClock } from './http/clock.js';
export type { Latency, RequestHook } from './http/exchange.js';
export type { Fault, FaultEffect, ScriptedFault } from './http/faults.js';
export type { Faults } from './http/faults.js';
export type { SimulatedRequest, SimulatedResponse, Surface, TextResponse } from './http/message.js';
export type { SeenCredential } from './http/redaction.js';
export { hashCredential } from './http/message.js';
export type { LoggedRequest } from './http/request-log.js';
export type { RequestLog } from './http/request-log.js';
export type { Approval } from './oauth/approve.js';
export type { NewOAuthClient, OAuthClient } from './oauth/clients.js';
export type { IssuedTokens, OAuthGrant } from './oauth/grants.js';
export type { OAuthServer } from './oauth/server.js';
export type { Installation, NewInstallation } from './github/installations.js';
export type { Installations } from './github/installations.js';
export { secondaryLimitFault } from './github/limit-refusals.js';
export type { GithubLimits } from './github/limits.js';
export { githubLimits } from './github/limits.js';
export type { OrganizationPolicy } from './github/policies.js';
export type { Policies } from './github/policies.js';
export type { GithubProfileName } from './github/profile.js';
export type { GithubSimulator, GithubSimulatorOptions } from './github/simulator.js';
export { startGithubSimulator } from './github/simulator.js';
export type { PermissionAccess, TokenPermissions } from './github/permissions.js';
export type { Token, TokenKind, TokenRequest } from './github/tokens.js';
export type { Tokens } from './github/tokens.js';
export type { BitbucketCloudLimits } from './bitbucket-cloud/limits.js';
export { bitbucketCloudLimits } from './bitbucket-cloud/limits.js';
export type { PageNaming } from './bitbucket-cloud/paging.js';
export type { BitbucketCloudSimulator, BitbucketCloudSimulatorOptions } from './bitbucket-cloud/simulator.js';
export { startBitbucketCloudSimulator } from './bitbucket-cloud/simulator.js';
export type {
  AccessTokenTarget,
  BitbucketCloudToken,
  BitbucketCloudTokenRequest,
} from './bitbucket-cloud/tokens.js';
export type { BitbucketCloudTokens } from './bitbucket-cloud/tokens.js';
export { uuidOf as bitbucketCloudUuid } from './bitbucket-cloud/uuid.js';
export { bitbucketWorldSize } from './bitbucket-cloud/world-size.js';
export type { UnrecognizedTokens } from './bitbucket-data-center/api.js';
export type { CaptchaLock } from './bitbucket-data-center/captcha.js';
export type { PageCaps as BitbucketPageCaps } from './bitbucket-data-center/endpoint.js';
export type { BitbucketLimits } from './bitbucket-data-center/limits.js';
export { bitbucketLimits } from './bitbucket-data-center/limits.js';
export type { StartCounting } from './bitbucket-data-center/paging.js';
export type { BitbucketTokenPermission } from './bitbucket-data-center/permissions.js';
export { bitbucketDataCenterRules } from './bitbucket-data-center/permissions.js';
export type {
  BitbucketDataCenterSimulator,
  BitbucketDataCenterSimulatorOptions,
} from './bitbucket-data-center/simulator.js';
export { startBitbucketDataCenterSimulator } from './bitbucket-data-center/simulator.js';
export type {
  BitbucketToken,
  BitbucketTokenRequest,
  BitbucketTokens,
} from './bitbucket-data-center/tokens.js';
export type { OwnerVisibility as GiteaOwnerVisibility } from './gitea/owners.js';
export type { GiteaProfileName } from './gitea/profile.js';
export { forgejoRules, giteaRules } from './gitea/rules.js';
export type { GiteaSimulator, GiteaSimulatorOptions } from './gitea/simulator.js';
export { startGiteaSimulator } from './gitea/simulator.js';
export type { GiteaToken, GiteaTokenRequest } from './gitea/tokens.js';
export type { GiteaTokens } from './gitea/tokens.js';
export { giteaWorldSize } from './gitea/world-size.js';
export { gitlabRules } from './gitlab/access-level.js';
export { gitlabLimitFault } from './gitlab/limit-refusals.js';
export type { GitlabLimits, Rate as GitlabRate } from './gitlab/limits.js';
export { gitlabLimits } from './gitlab/limits.js';
export type { GitlabProfileName, GroupAccessRule, PersonalOwnerRule } from './gitlab/profile.js';
export type { GitlabSimulator, GitlabSimulatorOptions } from './gitlab/simulator.js';
export { startGitlabSimulator } from './gitlab/simulator.js';
export type {
  GitlabBotRole,
  GitlabToken,
  GitlabTokenFacts,
  GitlabTokenRequest,
  GitlabTokenState,
} from './gitlab/tokens.js';
export type { GitlabTokens } from './gitlab/tokens.js';
export { gitlabWorldSize } from './gitlab/world-size.js';
