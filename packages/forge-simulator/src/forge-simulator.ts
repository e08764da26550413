import type { OpenForge } from './http/open-forge.js';
import type { World } from './world/world.js';

/** What every simulator has, whatever its forge; each adds its own tokens and policies. */
export interface ForgeSimulator extends OpenForge {
  readonly world: World;
}
