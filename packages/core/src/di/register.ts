import type { DependencyContainer } from 'tsyringe';
import type { ProviderPlugin } from '../plugin.js';
import { ProviderRegistry } from './registry.js';
import { PROVIDER_PLUGIN, PROVIDER_REGISTRY } from './tokens.js';

/**
 * Registers a plugin: what each provider package's `/register` entry calls.
 *
 * Register in the root container only: one registration in a child hides all of its parent's.
 */
export function registerProvider(container: DependencyContainer, plugin: ProviderPlugin): void {
  container.register(PROVIDER_PLUGIN, { useValue: plugin });
}

/**
 * Registers the registry over the plugins registered so far.
 *
 * @throws Error when two plugins have one type, or one has a `specVersion` that this version does not support.
 */
export function registerProviderRegistry(container: DependencyContainer): void {
  const plugins = container.isRegistered(PROVIDER_PLUGIN, true) ? container.resolveAll(PROVIDER_PLUGIN) : [];
  container.register(PROVIDER_REGISTRY, { useValue: new ProviderRegistry(plugins) });
}
