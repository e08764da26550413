import 'reflect-metadata';
import { describe, expect, it } from '@jest/globals';
import { PROVIDER_REGISTRY, registerProviderRegistry } from '@anyforge/core/di';
import { container } from 'tsyringe';
import { bitbucketPlugin } from './cloud/plugin.js';
import { bitbucketDataCenterPlugin } from './data-center/plugin.js';
import { register } from './register.js';

describe('registering Bitbucket in a container', () => {
  it('puts both plugins into the registry, each under its type', () => {
    const root = container.createChildContainer();
    register(root);
    registerProviderRegistry(root);
    const registry = root.resolve(PROVIDER_REGISTRY);
    expect(registry.get('bitbucket')).toBe(bitbucketPlugin);
    expect(registry.get('bitbucket-data-center')).toBe(bitbucketDataCenterPlugin);
  });
});
