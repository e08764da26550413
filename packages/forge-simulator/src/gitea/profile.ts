import type { Scopes } from './scopes.js';
import { everything, knownScopesOfApplication, scopesOfApplication } from './scopes.js';

export type GiteaProfileName = 'gitea' | 'forgejo';

/** How Gitea and Forgejo, and their versions, differ on the wire. */
export interface GiteaProfile {
  /** As `/version` tells it. */
  readonly version: string;
  /** Whether it has an API of its own beside Gitea's. */
  readonly hasOwnApi: boolean;
  /** Whether the settings say how large an answer may be. */
  readonly tellsLargestAnswer: boolean;
  /** Whether a refusal for want of a scope names those that the token has. */
  readonly namesScopes: boolean;
  /** What the scopes that an application asked for come to. */
  readonly scopesOfApplication: (asked: readonly string[]) => Scopes;
  /** Whether anybody may ask for their own permission on a repository; else its administrators alone may. */
  readonly tellsOwnPermission: boolean;
  /** Whether somebody whose permission is asked for is looked for before it is asked who asks. */
  readonly looksForPeopleFirst: boolean;
  /** Whether tokens for what is public alone are refused the person's own affairs. */
  readonly refusesPublicOnly: boolean;
  /** Whether they are shown no organizations whose members are not told. */
  readonly hidesMembershipsFromPublicOnly: boolean;
  /** Whether a list of somebody's tokens is shown to a token of theirs, or to their password alone. */
  readonly listsTokensTo: 'tokens' | 'password';
  /** Which of them come first there. */
  readonly listsTokensFrom: 'oldest' | 'newest';
  /** Whether it is told when each was made and used. */
  readonly datesTokens: boolean;
  /** Whether, as it is delivered, a refresh ends the refresh tokens before it. */
  readonly invalidatesRefreshTokens: boolean;
  /** Of a team that is permitted one thing and not another, whether it has the least of these as a whole, or nothing. */
  readonly teamMode: 'least' | 'none';
  /**
   * Whether the record that is kept of a collaborator is what they were granted: also of who may read what everybody may
   * read, and without what they have through teams.
   */
  readonly recordsGrants: boolean;
  /** Whether somebody's search has what is open in their private organizations. */
  readonly findsOpenOfPrivate: boolean;
  readonly words: GiteaWords;
}

/** What is said otherwise. */
export interface GiteaWords {
  readonly badCredential: (credential: string) => string;
  readonly notFound: string;
  /** What stands where there are no reasons. */
  readonly noReasons: readonly string[] | null;
  readonly redirectUriMismatch: OAuthRefusal;
  readonly foreignRefreshToken: OAuthRefusal;
}

type OAuthRefusal = readonly [error: string, description: string];

/** What is known of a version. Forgejo has gone its own way since Gitea 1.22. */
export function giteaProfile(name: GiteaProfileName, version: string): GiteaProfile {
  return name === 'forgejo' ? forgejoProfile(version) : ownProfile(version);
}

function ownProfile(version: string): GiteaProfile {
  return {
    version,
    hasOwnApi: false,
    tellsLargestAnswer: true,
    namesScopes: isAtLeast(version, [1, 23, 0]),
    scopesOfApplication: isAtLeast(version, [1, 23, 0]) ? scopesOfApplication : () => everything,
    tellsOwnPermission: isAtLeast(version, [1, 24, 0]),
    looksForPeopleFirst: false,
    refusesPublicOnly: isAtLeast(version, [1, 26, 2]),
    hidesMembershipsFromPublicOnly: true,
    listsTokensTo: 'password',
    listsTokensFrom: 'newest',
    datesTokens: true,
    invalidatesRefreshTokens: false,
    teamMode: 'none',
    recordsGrants: false,
    findsOpenOfPrivate: true,
    words: {
      badCredential: () => 'invalid username, password or token',
      notFound: 'not found',
      noReasons: null,
      redirectUriMismatch: ['invalid_grant', 'redirect_uri differs from the original authorization request'],
      foreignRefreshToken: ['invalid_grant', 'refresh token belongs to a different client'],
    },
  };
}

function forgejoProfile(version: string): GiteaProfile {
  return {
    version: version.includes('+gitea-') ? version : `${version}+gitea-1.22.0`,
    hasOwnApi: true,
    tellsLargestAnswer: false,
    namesScopes: false,
    scopesOfApplication: knownScopesOfApplication,
    tellsOwnPermission: isAtLeast(version, [11, 0, 0]),
    looksForPeopleFirst: isAtLeast(version, [11, 0, 0]),
    refusesPublicOnly: false,
    hidesMembershipsFromPublicOnly: false,
    listsTokensTo: isAtLeast(version, [10, 0, 0]) ? 'tokens' : 'password',
    listsTokensFrom: 'oldest',
    datesTokens: false,
    invalidatesRefreshTokens: true,
    teamMode: 'least',
    recordsGrants: true,
    findsOpenOfPrivate: !isAtLeast(version, [15, 0, 0]),
    words: {
      badCredential: isAtLeast(version, [15, 0, 0]) ? quoted : () => noUser,
      notFound: "The target couldn't be found.",
      noReasons: [],
      redirectUriMismatch: ['unauthorized_client', 'redirect_uri does not match the authorization request'],
      foreignRefreshToken: ['invalid_grant', 'refresh token was not issued to this client'],
    },
  };
}

const noUser = 'user does not exist [uid: 0, name: ]';

/** The secret is told back; that of an application, which has parts, is not. */
function quoted(credential: string): string {
  return credential.includes('.') ? noUser : `access token does not exist [sha: ${credential}]`;
}

function isAtLeast(version: string, wanted: readonly [number, number, number]): boolean {
  const own = version.split('.').map((part) => Number.parseInt(part, 10));
  for (const [index, number] of wanted.entries()) {
    const difference = (own[index] ?? 0) - number;
    if (difference !== 0) return difference > 0;
  }
  return true;
}
