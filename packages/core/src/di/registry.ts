import type { ProviderPlugin } from '../plugin.js';

const supportedSpecVersions: readonly string[] = ['1'];

/** The plugins of an application by their type. */
export class ProviderRegistry {
  readonly #plugins = new Map<string, ProviderPlugin>();

  /** @throws Error when two plugins have one type, or one has a `specVersion` that this version does not support. */
  constructor(plugins: Iterable<ProviderPlugin>) {
    for (const plugin of plugins) {
      const specVersion: string = plugin.specVersion;
      if (!supportedSpecVersions.includes(specVersion)) {
        throw new Error(
          `The provider plugin "${plugin.type}" is written for version ${specVersion} of the plugin contract; ` +
            `this version of @anyforge/core supports ${supportedSpecVersions.join(', ')}.`,
        );
      }
      if (this.#plugins.has(plugin.type)) {
        throw new Error(`Two provider plugins have the type "${plugin.type}". Register only one of them.`);
      }
      this.#plugins.set(plugin.type, plugin);
    }
  }

  get(type: string): ProviderPlugin | undefined {
    return this.#plugins.get(type);
  }

  /** In the order of registration. */
  list(): readonly ProviderPlugin[] {
    return [...this.#plugins.values()];
  }
}
