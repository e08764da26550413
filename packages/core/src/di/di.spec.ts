import 'reflect-metadata';
import { describe, expect, it } from '@jest/globals';
import { container } from 'tsyringe';
import type { ProviderPlugin } from '../plugin.js';
import { definePlugin } from '../plugin.js';
import { PROVIDER_REGISTRY, ProviderRegistry, registerProvider, registerProviderRegistry } from './index.js';

function plugin(type: string): ProviderPlugin {
  return definePlugin({
    specVersion: '1',
    type,
    displayName: type,
    logo: '<svg xmlns="http://www.w3.org/2000/svg"/>',
    documentationUrl: 'https://example.com',
    hosting: { cloud: { label: type, baseUrl: 'https://example.com' } },
    config: {
      schema: { '~standard': { version: 1, vendor: 'test', validate: (value) => ({ value }) } },
      jsonSchema: { type: 'object' },
    },
    tokenHelp: () => ({ variants: [] }),
    create: () => {
      throw new Error('not created in this test');
    },
  });
}

describe('registration in a container', () => {
  it('gives every registered plugin by type, in the order of registration', () => {
    const root = container.createChildContainer();
    registerProvider(root, plugin('github'));
    registerProvider(root, plugin('gitlab'));
    registerProviderRegistry(root);
    const registry = root.resolve(PROVIDER_REGISTRY);
    expect(registry.list().map(({ type }) => type)).toEqual(['github', 'gitlab']);
    expect(registry.get('gitlab')?.displayName).toBe('gitlab');
    expect(registry.get('svn')).toBeUndefined();
  });

  it('gives an empty registry when no plugin is registered', () => {
    const root = container.createChildContainer();
    registerProviderRegistry(root);
    expect(root.resolve(PROVIDER_REGISTRY).list()).toEqual([]);
  });
});

describe('ProviderRegistry', () => {
  it('refuses two plugins of one type by name', () => {
    expect(() => new ProviderRegistry([plugin('github'), plugin('github')])).toThrow(
      'Two provider plugins have the type "github"',
    );
  });

  it('refuses a plugin that is written for another contract, by name and version', () => {
    const fromTheFuture = { ...plugin('github'), specVersion: '2' };
    // @ts-expect-error a plugin of an unknown contract does not type-check; at run time one can still come in
    const plugins: ProviderPlugin[] = [fromTheFuture];
    expect(() => new ProviderRegistry(plugins)).toThrow(
      'The provider plugin "github" is written for version 2 of the plugin contract',
    );
  });
});

describe('definePlugin', () => {
  it.each(['GitHub', 'git hub', '-git', 'git-', ''])('refuses %j as a type', (type) => {
    expect(() => plugin(type)).toThrow(TypeError);
  });
});
