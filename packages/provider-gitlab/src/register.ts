import { registerProvider } from '@anyforge/core/di';
import type { DependencyContainer } from 'tsyringe';
import { gitlabPlugin } from './plugin.js';

/** Registers GitLab in an application's root container. */
export function register(container: DependencyContainer): void {
  registerProvider(container, gitlabPlugin);
}
