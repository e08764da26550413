export type { Capabilities, Capability } from './capabilities.js';
export { withoutCapability } from './capabilities.js';
export type { GrantKind } from './grant-kinds.js';
export { grantKinds } from './grant-kinds.js';
export type { ContractSubject, Facts, StartedForge, StartOptions } from './subject.js';
