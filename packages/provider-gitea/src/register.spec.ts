import 'reflect-metadata';
import { describe, expect, it } from '@jest/globals';
import { PROVIDER_REGISTRY, registerProviderRegistry } from '@anyforge/core/di';
import { container } from 'tsyringe';
import { giteaPlugin } from './plugin.js';
import { register } from './register.js';

describe('registering Gitea in a container', () => {
  it('puts the plugin into the registry under its type', () => {
    const root = container.createChildContainer();
    register(root);
    registerProviderRegistry(root);
    expect(root.resolve(PROVIDER_REGISTRY).get('gitea')).toBe(giteaPlugin);
  });
});
