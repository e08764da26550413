import type { GitProvider, OAuthHelp, ProviderPlugin, TokenHelp } from '@anyforge/core';
import type { GitProviderPool } from '../git-providers/git-provider-pool.js';
import { oauthHelpOf, tokenHelpOf } from '../git-providers/help.js';
import type { ProviderTypes } from '../provider-types.js';
import { callbackUrl } from '../sign-ins/callback-url.js';
import type { GitProviderDraftRow } from '../store/rows/sign-ins.js';
import type { Vault } from '../vault/vault.js';
import type { DraftContent } from './draft-content.js';
import { openContent } from './draft-content.js';
import type { DraftSettings } from './draft-settings.js';
import { settingsOf } from './draft-settings.js';
import type { DraftSignIn } from './draft-sign-in.js';
import { isBoundTo, openSignIn } from './draft-sign-in.js';

/** A draft with its seals broken, for as long as it is worked with. */
export interface OpenDraft {
  readonly row: GitProviderDraftRow;
  readonly plugin: ProviderPlugin;
  readonly content: DraftContent;
  readonly settings: DraftSettings;
  readonly redirectUrl: string;
  /** Undefined: the values do not suffice for one. */
  readonly provider: GitProvider | undefined;
  readonly tokenHelp: TokenHelp | undefined;
  readonly oauthHelp: OAuthHelp | undefined;
  /** Undefined: there is none, or it is bound to an address or an OAuth client that the draft has no more. */
  readonly signIn: DraftSignIn | undefined;
}

export interface DraftOpenerParts {
  readonly vault: Vault;
  readonly types: ProviderTypes;
  readonly pool: GitProviderPool;
  readonly publicUrl: string;
}

/** Makes of a draft's row what one can work with. */
export class DraftOpener {
  readonly #parts: DraftOpenerParts;

  constructor(parts: DraftOpenerParts) {
    this.#parts = parts;
  }

  /** @throws HubError `unknown_provider_type` when its plugin is not installed any more. */
  open(row: GitProviderDraftRow): OpenDraft {
    const { vault, types, pool, publicUrl } = this.#parts;
    const plugin = types.plugin(row.type);
    const content = openContent(vault, row);
    const settings = settingsOf(plugin, content);
    const redirectUrl = callbackUrl(publicUrl, row.git_provider_id);
    const { config } = settings;
    const isUsable = config !== undefined;
    const hasOAuth = plugin.oauthHelp !== undefined;
    return {
      row,
      plugin,
      content,
      settings,
      redirectUrl,
      provider: isUsable ? pool.create(row.type, config) : undefined,
      tokenHelp: isUsable ? tokenHelpOf(plugin, config) : undefined,
      oauthHelp: isUsable && hasOAuth ? oauthHelpOf(plugin, config, redirectUrl) : undefined,
      signIn: isBoundTo(row, content.config) ? openSignIn(vault, row) : undefined,
    };
  }
}
