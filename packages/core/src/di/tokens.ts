import type { InjectionToken } from 'tsyringe';
import type { ProviderPlugin } from '../plugin.js';
import type { ProviderRegistry } from './registry.js';

/** Every provider plugin of the application is registered under this token. */
export const PROVIDER_PLUGIN: InjectionToken<ProviderPlugin> = Symbol.for('@anyforge/core/ProviderPlugin');

/** The registry over all of them. */
export const PROVIDER_REGISTRY: InjectionToken<ProviderRegistry> = Symbol.for(
  '@anyforge/core/ProviderRegistry',
);
