/**
 * What an adapter or its forge can do beyond what all can. Each is declared, so that a case that it cannot have is
 * told as such; what is declared absent is checked to be absent wherever that can be seen.
 */
export interface Capabilities {
  /** Every page of repositories but the last has a `resume`. */
  readonly resume: boolean;
  /** Pages of repositories tell how many there are in all. */
  readonly totals: boolean;
  /** The way to the next page is an address in the answer. */
  readonly nextLinks: boolean;
  /** The forge leaves organizations out of a listing and says so. `StartedForge.omit` brings it about. */
  readonly omissions: boolean;
  /** For some credentials the forge does not tell the permission. `StartedForge.issueUntold` makes one. */
  readonly untoldPermissions: boolean;
  /** Without an accepted credential the forge answers a listing with 200 and nothing in it. */
  readonly anonymousLists: boolean;
  /** `permissions()` tells where a permission comes from. */
  readonly via: boolean;
  /** A path that a repository had before leads to it. */
  readonly oldPaths: boolean;
  /** The identity tells what the credential was granted. */
  readonly scopes: boolean;
  readonly oauth: boolean;
  /** Access tokens of the flow expire and come with a refresh token. */
  readonly refresh: boolean;
  /** A refresh gives a new refresh token, and the old one dies. */
  readonly rotation: boolean;
  /** The forge wants `redirect_uri` again at every refresh. */
  readonly redirectUriAtRefresh: boolean;
  readonly pkce: boolean;
  /** The forge says in its answer which server it is from, and the adapter checks it. */
  readonly issuer: boolean;
  /** The forge tells the application, not the person on a page, that it does not know the redirect URI. */
  readonly redirectRefusal: boolean;
  /** An OAuth application may have no secret. */
  readonly publicClients: boolean;
  readonly revoke: boolean;
  readonly checkClient: boolean;
  readonly deviceFlow: boolean;
}

export type Capability = keyof Capabilities;

/** What a forge without a capability lacks, in a report's words: "not applicable: …". */
export const withoutCapability: Readonly<Record<Capability, string>> = {
  resume: 'listings cannot be resumed',
  totals: 'the forge does not tell totals',
  nextLinks: 'the way to the next page is not an address',
  omissions: 'the forge leaves nothing out that it tells of',
  untoldPermissions: 'the forge tells the permission to every credential',
  anonymousLists: 'the forge lists nothing to nobody',
  via: 'the forge does not tell where a permission comes from',
  oldPaths: 'a former path leads nowhere',
  scopes: 'the forge does not tell what a credential was granted',
  oauth: 'no OAuth',
  refresh: 'no refresh tokens',
  rotation: 'refresh tokens stay the same',
  redirectUriAtRefresh: 'no redirect_uri at refresh',
  pkce: 'no PKCE',
  issuer: 'answers do not name their server',
  redirectRefusal: 'the forge tells the person on its own page',
  publicClients: 'every OAuth application has a secret',
  revoke: 'tokens cannot be revoked',
  checkClient: 'an OAuth application cannot be checked',
  deviceFlow: 'no device flow',
};
