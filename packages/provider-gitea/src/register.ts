import { registerProvider } from '@anyforge/core/di';
import type { DependencyContainer } from 'tsyringe';
import { giteaPlugin } from './plugin.js';

/** Registers Gitea and Forgejo in an application's root container. */
export function register(container: DependencyContainer): void {
  registerProvider(container, giteaPlugin);
}
