import type { ProviderPlugin } from '@anyforge/core';
import { HubError } from './errors.js';

/** The plugins that this installation has. `ProviderRegistry` of `@anyforge/core/di` is one. */
export interface PluginCatalog {
  get(type: string): ProviderPlugin | undefined;
  list(): readonly ProviderPlugin[];
}

/** What a page or a command line needs to offer a type, before any git provider of it exists. */
export interface ProviderType {
  readonly type: string;
  readonly displayName: string;
  /** SVG. */
  readonly logo: string;
  readonly documentationUrl: string;
  readonly hosting: ProviderPlugin['hosting'];
  /** Whether people can sign in through an OAuth application. */
  readonly oauth: boolean;
  /** JSON Schema of the config; secrets are marked `writeOnly`. */
  readonly configSchema: object;
}

/** The types of forge that this installation can connect to. */
export interface ProviderTypeService {
  /** By display name. */
  list(): readonly ProviderType[];
}

/** What is not repeated may have been pasted by mistake, and be a secret. */
const plausibleType = /^[a-z][a-z-]{0,39}$/;

export class ProviderTypes implements ProviderTypeService {
  readonly #catalog: PluginCatalog;

  constructor(catalog: PluginCatalog) {
    this.#catalog = catalog;
  }

  list(): readonly ProviderType[] {
    return this.#catalog
      .list()
      .map((plugin) => ({
        type: plugin.type,
        displayName: plugin.displayName,
        logo: plugin.logo,
        documentationUrl: plugin.documentationUrl,
        hosting: plugin.hosting,
        oauth: plugin.oauthHelp !== undefined,
        configSchema: plugin.config.jsonSchema,
      }))
      .sort((left, right) => left.displayName.localeCompare(right.displayName, 'en'));
  }

  /** @throws HubError `unknown_provider_type`, naming the known ones. */
  plugin(type: string): ProviderPlugin {
    const plugin = this.#catalog.get(type);
    if (plugin !== undefined) return plugin;
    const known = this.list().map((entry) => entry.type);
    const named = plausibleType.test(type) ? ` ${JSON.stringify(type)}` : ' of that name';
    throw new HubError(
      'unknown_provider_type',
      known.length === 0
        ? `There is no provider type${named}: no provider plugin is installed.`
        : `There is no provider type${named}. Known types: ${known.join(', ')}.`,
    );
  }
}
