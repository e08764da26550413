import type { OpenForge } from './http/open-forge.js';
import type { OAuthServer } from './oauth/server.js';
import type { World } from './world/world.js';

/** What every simulator has, whatever its forge; each adds its own tokens and policies. */
export interface ForgeSimulator extends OpenForge {
  readonly world: World;
  /** The applications that are registered with the forge, and what people let them do. */
  readonly oauth: OAuthServer;
}
