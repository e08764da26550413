import { registerProvider } from '@anyforge/core/di';
import type { DependencyContainer } from 'tsyringe';
import { bitbucketPlugin } from './cloud/plugin.js';
import { bitbucketDataCenterPlugin } from './data-center/plugin.js';

/** Registers Bitbucket Cloud and Bitbucket Data Center in an application's root container. */
export function register(container: DependencyContainer): void {
  registerProvider(container, bitbucketPlugin);
  registerProvider(container, bitbucketDataCenterPlugin);
}
