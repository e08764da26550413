export type { AuditAction, AuditDetails, AuditDetailType, AuditDetailTypes } from './audit/audit-actions.js';
export { auditActions } from './audit/audit-actions.js';
export type { AuditEventView, AuditList, AuditListRequest, AuditService } from './audit/audit-events.js';
export type { ConnectionView } from './connections/connection-view.js';
export type { SignedIn } from './connections/connection-writer.js';
export type { ConnectionService, SignedOut } from './connections/connections.js';
export type { Expiry, ExpiryWarning } from './connections/expiry.js';
export { expiryWarnings } from './connections/expiry.js';
export type { TokenInput } from './connections/token-input.js';
export type { DraftValues } from './drafts/draft-content.js';
export type { SavedDraft, SaveOptions } from './drafts/draft-saver.js';
export type { DraftSignInView, DraftView } from './drafts/draft-view.js';
export type { DraftCallOptions, DraftService, NewDraft } from './drafts/drafts.js';
export type { PlannedStep, TestLine, TestOutcome, TestStepId, TestStepStatus } from './drafts/test-steps.js';
export { testStepIds } from './drafts/test-steps.js';
export type { FieldIssue, HubErrorKind } from './errors.js';
export { HubError, hubErrorStatuses } from './errors.js';
export type { GitProviderHealth, RateBudgetLeft, SyncFailure } from './git-providers/git-provider-health.js';
export type { SyncHistory, SyncHistoryBucket } from './git-providers/sync-history.js';
export type { RemovalConfirmation } from './git-providers/git-provider-remover.js';
export type {
  ExplainedStep,
  Explanation,
  ExplanationStatus,
  ExplanationStep,
} from './explanations/explanation.js';
export { explanationSteps } from './explanations/explanation.js';
export type {
  ExplanationOptions,
  ExplanationRequest,
  ExplanationService,
} from './explanations/explanations.js';
export type { GitCredentialRequest, GitCredentialService } from './git-credentials/git-credentials.js';
export type {
  GitProviderForPerson,
  GitProviderView,
  WayToSignIn,
} from './git-providers/git-provider-view.js';
export type { GitProviderService, UpdateConfirmation } from './git-providers/git-providers.js';
export type { LockedOrganization, OrganizationSettings } from './git-providers/organization-settings.js';
export type { OrganizationSettingsService } from './git-providers/organization-settings-service.js';
export type { OrganizationList } from './git-providers/organizations.js';
export type { GitProviderChange, NewGitProvider } from './git-providers/proposal.js';
export type { Schedule } from './git-providers/schedule.js';
export type { RuleEffect, SettingsPreview } from './git-providers/settings-preview.js';
export type { Hub, HubOptions } from './hub.js';
export { openHub } from './hub.js';
export type { Measurements, SyncEnd, TaskEnd } from './measurements.js';
export type { AccountService, PasswordChange } from './people/account.js';
export type { ApiTokenService, ApiTokenView, IssuedApiToken, NewApiToken } from './people/api-tokens.js';
export type { AuthenticationService, PasswordSignIn, SignedInPerson } from './people/authentication.js';
export type { Access, Caller, PersonalAccess } from './people/caller.js';
export { authorize } from './people/caller.js';
export type { OpenIdConnectService, StartedSingleSignOn } from './people/open-id-connect.js';
export type { OpenIdConnectOptions, PeopleOptions, PeopleServices } from './people/open-people.js';
export type { PasswordHashing } from './people/password-hasher.js';
export type { PasswordLink } from './people/password-links.js';
export type { InvitedPerson, NewPerson, PeopleService } from './people/people.js';
export type { PersonView } from './people/person-view.js';
export type { PasswordResetOptions } from './people/reset-password.js';
export { resetPassword } from './people/reset-password.js';
export type {
  Browser,
  NewSession,
  SessionLifetime,
  SessionService,
  SessionUse,
  SessionView,
} from './people/sessions.js';
export type { FirstAdministrator, SetUpService, SetUpStatus } from './people/set-up.js';
export type { PasswordLinkView, WelcomeService } from './people/welcome.js';
export type { PluginCatalog, ProviderType, ProviderTypeService } from './provider-types.js';
export type { RepositoryFilter } from './repositories/repository-filter.js';
export type { RepositorySort, SortDirection } from './repositories/repository-order.js';
export { repositorySorts } from './repositories/repository-order.js';
export type {
  RepositoryList,
  RepositoryListRequest,
  RepositoryService,
} from './repositories/repositories.js';
export type { RepositoryPermissions } from './repositories/repository-permissions.js';
export type { ListedRepository } from './repositories/repository-rows.js';
export type { MovedRows, MovedStore, MoveOptions } from './store/moving/move-to-postgres.js';
export { moveToPostgres } from './store/moving/move-to-postgres.js';
export type { ApiTokenScope, PasswordLinkPurpose, Role } from './store/rows/people.js';
export type { Callback, CallbackOutcome } from './sign-ins/sign-in-callback.js';
export { callbackUrl } from './sign-ins/callback-url.js';
export type { CallbackRefusal, SignInErrorKind } from './sign-ins/sign-in-failures.js';
export { callbackRefusal, callbackRefusals } from './sign-ins/sign-in-failures.js';
export type { SharedStores } from './shared-stores.js';
export type { SignIn, StartedSignIn } from './sign-ins/sign-in-view.js';
export type { NewSignIn, SignInService } from './sign-ins/sign-ins.js';
export type { SignInDisplay, SignInMethod, SignInPurpose, SignInState } from './store/rows/sign-ins.js';
export type { SyncErrorKind, SyncTaskState } from './store/schema.js';
export type { OpenTasks } from './syncs/open-tasks.js';
export type { SyncTaskError } from './syncs/sync-task-error.js';
export type { Sync, SyncTask } from './syncs/sync-view.js';
export type { SyncService, WatchOptions } from './syncs/syncs.js';
export type { Reencryption, ReencryptionProgress } from './vault/reencrypt.js';
export type { KeyRotationOptions } from './vault/rotate-encryption-key.js';
export { rotateEncryptionKey } from './vault/rotate-encryption-key.js';
