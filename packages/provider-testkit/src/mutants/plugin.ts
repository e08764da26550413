import type { Mutant } from '../mutant.js';
import { alterPlugin, alterProvider } from './altering.js';

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

function asReadable(jsonSchema: object): object {
  const readable: unknown = JSON.parse(JSON.stringify(jsonSchema), (name, value: unknown) =>
    name === 'writeOnly' ? false : value,
  );
  return isObject(readable) ? readable : {};
}

export const pluginMutants: readonly Mutant[] = [
  {
    id: 'accepts-unknown-config',
    title: 'ignores a key of the configuration that it does not know',
    caughtBy: 'config-refused',
    because: /an unknown key: succeeded/,
    break: (plugin) =>
      alterPlugin(plugin, {
        create(config, context) {
          const schema: { readonly properties?: object } = plugin.config.jsonSchema;
          const { properties = {} } = schema;
          if (!isObject(config)) return plugin.create(config, context);
          const known = Object.entries(config).filter(([name]) => name in properties);
          return plugin.create(Object.fromEntries(known), context);
        },
      }),
  },
  {
    id: 'assumes-base-url',
    title: 'assumes an address where the configuration names none',
    caughtBy: 'config-refused',
    because: /no baseUrl: succeeded/,
    break: (plugin) =>
      alterPlugin(plugin, {
        create(config, context) {
          const { cloud, selfHosted } = plugin.hosting;
          const baseUrl = cloud?.baseUrl ?? selfHosted?.example;
          if (!isObject(config) || config['baseUrl'] !== undefined) return plugin.create(config, context);
          return plugin.create({ baseUrl }, context);
        },
      }),
  },
  {
    id: 'shows-secret-in-form',
    title: 'describes the client secret as if it could be read back',
    caughtBy: 'json-schema',
    because: /is marked writeOnly/,
    needs: ['oauth'],
    break: (plugin) =>
      alterPlugin(plugin, {
        config: { ...plugin.config, jsonSchema: asReadable(plugin.config.jsonSchema) },
      }),
  },
  {
    id: 'asks-at-creation',
    title: 'asks the forge while it is created',
    caughtBy: 'create-pure',
    because: /the requests of creating/,
    break: (plugin) =>
      alterPlugin(plugin, {
        create(config, context) {
          const provider = plugin.create(config, context);
          void provider.probe();
          return provider;
        },
      }),
  },
  {
    id: 'believes-anybody',
    title: 'takes whatever answers for its forge',
    caughtBy: 'probe-stranger-404',
    because: /succeeded where invalid_response was expected/,
    break: (plugin) =>
      alterProvider(plugin, (provider) => ({
        probe: async (options) => {
          try {
            return await provider.probe(options);
          } catch {
            return { product: plugin.displayName, apiUrl: provider.webUrl };
          }
        },
      })),
  },
  {
    id: 'no-logo',
    title: 'has a logo that is no SVG',
    caughtBy: 'plugin-facts',
    because: /no SVG/,
    break: (plugin) => alterPlugin(plugin, { logo: 'https://cdn.example/logo.png' }),
  },
];
