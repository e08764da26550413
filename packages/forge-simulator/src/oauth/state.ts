import type { Clock } from '../http/clock.js';
import type { World } from '../world/world.js';
import type { OAuthClients } from './clients.js';
import type { AuthorizationCodes } from './codes.js';
import type { ConsentMemory } from './consent-memory.js';
import type { DeviceRequests } from './devices.js';
import type { OAuthGrants } from './grants.js';
import type { OAuthRules } from './rules.js';

/** What the endpoints of one authorization server share. */
export interface OAuthState {
  readonly rules: OAuthRules;
  readonly world: World;
  readonly clock: Clock;
  /** The forge's web address: its endpoints are below it, and so is the issuer where one is named. */
  readonly webUrl: string;
  readonly clients: OAuthClients;
  readonly codes: AuthorizationCodes;
  readonly devices: DeviceRequests;
  readonly grants: OAuthGrants;
  readonly memory: ConsentMemory;
}
