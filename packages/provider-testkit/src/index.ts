export type { Capabilities, Capability } from './capabilities.js';
export { withoutCapability } from './capabilities.js';
export type { CaseGroup, Condition, ContractCase } from './case.js';
export { notApplicable, runCase } from './case.js';
export { caseGroups } from './case-groups.js';
export { ContractViolation } from './checks.js';
export type { GrantKind } from './grant-kinds.js';
export { grantKinds } from './grant-kinds.js';
export type { ForgeServer, ServerFaults, ServerLog, ServerOAuth, WholeServer } from './server.js';
export type { Forge, LoggedLine } from './stage/forge.js';
export type { Stage } from './stage/stage.js';
export type { Sleep, StageClock } from './stage/stage-clock.js';
export type { SentRequest, Stall, Wire } from './stage/wire.js';
export type {
  BudgetLeft,
  ContractSubject,
  Facts,
  ForgeNames,
  Refusal,
  StartedForge,
  StartOptions,
  ToldField,
} from './subject.js';
