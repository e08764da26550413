import type { ProviderContext } from './context.js';
import type { GitProvider } from './provider.js';
import type { StandardSchema } from './schema.js';

/** What a page or a command line needs to know before anyone signs in, and one factory. */
export interface ProviderPlugin<Config = unknown, Provider extends GitProvider = GitProvider> {
  readonly specVersion: '1';
  /** Lower-case words joined by hyphens: `github`, `bitbucket-data-center`. */
  readonly type: string;
  readonly displayName: string;
  /** SVG. `currentColor` in it becomes the colour of the text that it stands beside. */
  readonly logo: string;
  readonly documentationUrl: string;
  /** In which forms the forge exists. A form that is absent does not. */
  readonly hosting: {
    readonly cloud?: { readonly label: string; readonly baseUrl: string } | undefined;
    readonly selfHosted?: { readonly label: string; readonly example: string } | undefined;
  };
  /**
   * Every config has `baseUrl`, the forge's *web* address; `apiUrl` where the API lives elsewhere; and
   * `oauth?: { clientId, clientSecret? }`. Secrets are marked `writeOnly` in the JSON Schema.
   */
  readonly config: { readonly schema: StandardSchema<Config>; readonly jsonSchema: object };
  tokenHelp(config: Config): TokenHelp;
  oauthHelp?(config: Config, redirectUri: string): OAuthHelp;
  /**
   * Pure and synchronous: a wrong config fails here, a wrong address at `probe()`, a wrong token at `identity()`.
   *
   * @throws ProviderError `invalid_config`.
   */
  create(config: Config, context?: ProviderContext): Provider;
}

/** How a person makes a token on that very host. */
export interface TokenHelp {
  readonly variants: readonly {
    readonly label: string;
    readonly createUrl: string;
    readonly scopes: readonly string[];
    /**
     * - `required`: the forge takes the pair only
     * - `optional`: the token alone will do; a username that is given is compared with the account that it belongs to
     * - `none`: such a token belongs to nobody, or must not be sent with a name: people are not asked for one
     */
    readonly username: 'required' | 'optional' | 'none';
    readonly usernameLabel?: string | undefined;
  }[];
}

/** How an administrator registers an OAuth application on that very host. */
export interface OAuthHelp {
  readonly registerUrl: string;
  readonly fields: readonly { readonly label: string; readonly value: string; readonly copy: boolean }[];
  readonly hints: readonly string[];
}

const typeForm = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;

/**
 * Checks a plugin's type where it is defined, infers the types of its configuration and provider, and freezes it.
 *
 * @throws TypeError when the type is not lower-case words joined by hyphens.
 */
export function definePlugin<Config, Provider extends GitProvider>(
  plugin: ProviderPlugin<Config, Provider>,
): ProviderPlugin<Config, Provider> {
  if (!typeForm.test(plugin.type)) {
    throw new TypeError(
      `"${plugin.type}" is no plugin type. Use lower-case words joined by hyphens: "bitbucket-data-center".`,
    );
  }
  return Object.freeze(plugin);
}
