import { registerProvider } from '@anyforge/core/di';
import type { DependencyContainer } from 'tsyringe';
import { githubPlugin } from './plugin.js';

/** Registers GitHub in an application's root container. */
export function register(container: DependencyContainer): void {
  registerProvider(container, githubPlugin);
}
