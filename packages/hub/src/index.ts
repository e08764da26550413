export type { AuditAction, AuditDetails } from './audit/audit-actions.js';
export type { AuditEventView, AuditList, AuditListRequest, AuditService } from './audit/audit-events.js';
export type { ConnectionView } from './connections/connection-view.js';
export type { SignedIn } from './connections/connection-writer.js';
export type { ConnectionService } from './connections/connections.js';
export type { TokenInput } from './connections/token-input.js';
export type { FieldIssue, HubErrorKind } from './errors.js';
export { HubError } from './errors.js';
export type {
  GitProviderForPerson,
  GitProviderService,
  GitProviderView,
  NewGitProvider,
} from './git-providers/git-providers.js';
export type { Hub, HubOptions } from './hub.js';
export { openHub } from './hub.js';
export type { Access, Caller, PersonalAccess } from './people/caller.js';
export { authorize } from './people/caller.js';
export type { PluginCatalog, ProviderType, ProviderTypeService } from './provider-types.js';
export type {
  RepositoryFilter,
  RepositoryList,
  RepositoryListRequest,
  RepositoryService,
} from './repositories/repositories.js';
export type { ListedRepository } from './repositories/repository-rows.js';
export type { ApiTokenScope, Role } from './store/rows/people.js';
export type { SyncErrorKind, SyncTaskState } from './store/schema.js';
export type { SyncTaskError } from './syncs/sync-task-error.js';
export type { Sync, SyncTask } from './syncs/sync-view.js';
export type { SyncService, WatchOptions } from './syncs/syncs.js';
