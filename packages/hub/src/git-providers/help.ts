import type { OAuthHelp, ProviderPlugin, TokenHelp } from '@anyforge/core';
import { checkSchema } from '@anyforge/core';
import { HubError } from '../errors.js';

/** How a person makes a token on that very host. @throws HubError `invalid_input` for a config that is not right. */
export function tokenHelpOf(plugin: ProviderPlugin, config: unknown): TokenHelp {
  return plugin.tokenHelp(parse(plugin, config));
}

/**
 * How an administrator registers the OAuth application on that very host.
 *
 * @throws HubError `not_found` when the forge has none; `invalid_input` for a config that is not right.
 */
export function oauthHelpOf(plugin: ProviderPlugin, config: unknown, redirectUri: string): OAuthHelp {
  if (plugin.oauthHelp === undefined) {
    throw new HubError(
      'not_found',
      `${plugin.displayName} has no OAuth applications: people sign in with tokens.`,
    );
  }
  return plugin.oauthHelp(parse(plugin, config), redirectUri);
}

function parse({ config: { schema } }: ProviderPlugin, config: unknown): unknown {
  const checked = checkSchema(schema, config);
  if (checked.ok) return checked.value;
  throw HubError.invalidInput(
    checked.issues.map(({ path, message }) => ({ path: path === '' ? 'config' : `config.${path}`, message })),
  );
}
