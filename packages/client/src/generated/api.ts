// Generated from the server's description of its API by `npm run generate-client`. Not to be edited by hand.
/* eslint-disable */

export interface paths {
  readonly '/setup': {
    /**
     * Whether the server waits for its first visit, which makes the administrator
     *
     * For everybody.
     */
    readonly get: operations['getSetUp'];
    /**
     * Become the administrator, and sign in; possible once
     *
     * For everybody.
     */
    readonly post: operations['setUp'];
  };
  readonly '/session': {
    /**
     * Who I am
     *
     * For everybody.
     */
    readonly get: operations['whoAmI'];
    /**
     * Sign this browser in
     *
     * For everybody.
     */
    readonly post: operations['signInWithPassword'];
    /**
     * Sign this browser out
     *
     * Takes a browser session, and no API token.
     */
    readonly delete: operations['endMySession'];
  };
  readonly '/sessions': {
    /**
     * The browsers that I am signed in with
     *
     * Takes a browser session, and no API token.
     */
    readonly get: operations['listSessions'];
    /**
     * Sign all my other browsers out
     *
     * Takes a browser session, and no API token.
     */
    readonly delete: operations['endOtherSessions'];
  };
  readonly '/sessions/{id}': {
    /**
     * Sign one of my browsers out
     *
     * Takes a browser session, and no API token.
     */
    readonly delete: operations['endSession'];
  };
  readonly '/sign-in-methods': {
    /**
     * In which ways people sign in to this server
     *
     * For everybody.
     */
    readonly get: operations['listSignInMethods'];
  };
  readonly '/account': {
    /**
     * My account
     *
     * Takes a browser session, or an API token of the scope `read` or `manage`.
     */
    readonly get: operations['getAccount'];
    /**
     * Change the name that is shown
     *
     * Takes a browser session, and no API token.
     */
    readonly patch: operations['updateAccount'];
  };
  readonly '/account/password': {
    /**
     * Change my password, which signs all my other browsers out
     *
     * Takes a browser session, and no API token.
     */
    readonly put: operations['changePassword'];
  };
  readonly '/api-tokens': {
    /**
     * My API tokens
     *
     * Takes a browser session, and no API token.
     */
    readonly get: operations['listApiTokens'];
    /**
     * Make an API token for a program of mine
     *
     * Takes a browser session, and no API token.
     */
    readonly post: operations['createApiToken'];
  };
  readonly '/api-tokens/{id}': {
    /**
     * Delete an API token, which opens nothing from then on
     *
     * Takes a browser session, and no API token.
     */
    readonly delete: operations['deleteApiToken'];
  };
  readonly '/people': {
    /**
     * Everybody with an account
     *
     * Takes an administrator's browser session, or API token of the scope `manage`.
     */
    readonly get: operations['listPeople'];
    /**
     * Make an account, with a link for its owner to choose a password
     *
     * Takes an administrator's browser session, or API token of the scope `manage`.
     */
    readonly post: operations['invitePerson'];
  };
  readonly '/people/{id}': {
    /**
     * One person
     *
     * Takes an administrator's browser session, or API token of the scope `manage`.
     */
    readonly get: operations['getPerson'];
    /**
     * Delete an account and everything that is its owner’s
     *
     * Takes an administrator's browser session, or API token of the scope `manage`.
     */
    readonly delete: operations['deletePerson'];
    /**
     * Make somebody administrator or member
     *
     * Takes an administrator's browser session, or API token of the scope `manage`.
     */
    readonly patch: operations['changeRole'];
  };
  readonly '/people/{id}/password-reset': {
    /**
     * Take a password away, and get a link to choose another; it ends sessions, API tokens and connections
     *
     * Takes an administrator's browser session, or API token of the scope `manage`.
     */
    readonly post: operations['resetPassword'];
  };
  readonly '/password-links/inspect': {
    /**
     * For whom a link is, and until when; it does not use it up
     *
     * For everybody.
     */
    readonly post: operations['inspectPasswordLink'];
  };
  readonly '/password-links/use': {
    /**
     * Choose a password with a link, and sign in
     *
     * For everybody.
     */
    readonly post: operations['usePasswordLink'];
  };
  readonly '/provider-types': {
    /**
     * The forges, with everything a form needs
     *
     * Takes a browser session, or an API token of the scope `read` or `manage`.
     */
    readonly get: operations['listProviderTypes'];
  };
  readonly '/git-providers': {
    /**
     * All git providers, each with my connection
     *
     * Takes a browser session, or an API token of the scope `read` or `manage`.
     */
    readonly get: operations['listGitProviders'];
    /**
     * Add a git provider
     *
     * Takes an administrator's browser session, or API token of the scope `manage`.
     */
    readonly post: operations['createGitProvider'];
  };
  readonly '/git-providers/{id}': {
    /**
     * One git provider, with my connection
     *
     * Takes a browser session, or an API token of the scope `read` or `manage`.
     */
    readonly get: operations['getGitProvider'];
    /**
     * Delete a git provider with all connections, permissions and repositories under it
     *
     * Takes an administrator's browser session, or API token of the scope `manage`.
     */
    readonly delete: operations['deleteGitProvider'];
    /**
     * Change what is given of a git provider
     *
     * Takes an administrator's browser session, or API token of the scope `manage`.
     */
    readonly patch: operations['updateGitProvider'];
  };
  readonly '/git-providers/{id}/token-help': {
    /**
     * How to make a token on that very host
     *
     * Takes a browser session, or an API token of the scope `read` or `manage`.
     */
    readonly get: operations['getTokenHelp'];
  };
  readonly '/git-providers/{id}/oauth-help': {
    /**
     * How to register the OAuth application on that very host
     *
     * Takes an administrator's browser session, or API token of the scope `manage`.
     */
    readonly get: operations['getOAuthHelp'];
  };
  readonly '/git-providers/{id}/sync-history': {
    /**
     * How everybody’s syncs with it have ended of late, as long as finished syncs are kept
     *
     * Takes an administrator's browser session, or API token of the scope `manage`.
     */
    readonly get: operations['getSyncHistory'];
  };
  readonly '/git-providers/{id}/organizations': {
    /**
     * The organizations that my own account sees, asked of the forge at once
     *
     * Takes an administrator's browser session, or API token of the scope `manage`.
     */
    readonly get: operations['listOrganizations'];
  };
  readonly '/git-providers/{id}/organization-settings/preview': {
    /**
     * What settings would do to the repositories that are stored, without changing anything
     *
     * Takes an administrator's browser session, or API token of the scope `manage`.
     */
    readonly post: operations['previewOrganizationSettings'];
  };
  readonly '/git-providers/{id}/clean-up': {
    /**
     * How many of the stored repositories the settings let through no more
     *
     * Takes an administrator's browser session, or API token of the scope `manage`.
     */
    readonly get: operations['countOutside'];
    /**
     * Delete the stored repositories that the settings let through no more, and everybody’s permissions on them
     *
     * Takes an administrator's browser session, or API token of the scope `manage`.
     */
    readonly post: operations['cleanUp'];
  };
  readonly '/git-provider-drafts': {
    /**
     * Begin a new git provider, or the change of one, without saving anything
     *
     * Takes an administrator's browser session, or API token of the scope `manage`.
     */
    readonly post: operations['createGitProviderDraft'];
  };
  readonly '/git-provider-drafts/{id}': {
    /**
     * A draft of mine
     *
     * Takes an administrator's browser session, or API token of the scope `manage`.
     */
    readonly get: operations['getGitProviderDraft'];
    /**
     * Put new values in place of all former ones, but for secrets that are left empty
     *
     * Takes an administrator's browser session, or API token of the scope `manage`.
     */
    readonly put: operations['updateGitProviderDraft'];
    /**
     * Forget a draft; its sign-in is revoked at the forge, where the forge can
     *
     * Takes an administrator's browser session, or API token of the scope `manage`.
     */
    readonly delete: operations['abandonGitProviderDraft'];
  };
  readonly '/git-provider-drafts/{id}/oauth-help': {
    /**
     * How to register the OAuth application on that very host
     *
     * Takes an administrator's browser session, or API token of the scope `manage`.
     */
    readonly get: operations['getGitProviderDraftOAuthHelp'];
  };
  readonly '/git-provider-drafts/{id}/token-help': {
    /**
     * How to make a token on that very host
     *
     * Takes an administrator's browser session, or API token of the scope `manage`.
     */
    readonly get: operations['getGitProviderDraftTokenHelp'];
  };
  readonly '/git-provider-drafts/{id}/test': {
    /**
     * Test the values as they are; each step is told as soon as it ends
     *
     * Takes an administrator's browser session, or API token of the scope `manage`.
     */
    readonly post: operations['testGitProviderDraft'];
  };
  readonly '/git-provider-drafts/{id}/sign-ins': {
    /**
     * Start to sign in at the forge for the test
     *
     * Takes an administrator's browser session, or API token of the scope `manage`.
     */
    readonly post: operations['startGitProviderDraftSignIn'];
  };
  readonly '/git-provider-drafts/{id}/token': {
    /**
     * Sign in for the test with a token; the test asks whose it is
     *
     * Takes an administrator's browser session, or API token of the scope `manage`.
     */
    readonly put: operations['putGitProviderDraftToken'];
  };
  readonly '/git-provider-drafts/{id}/organizations': {
    /**
     * The organizations that the test's account sees
     *
     * Takes an administrator's browser session, or API token of the scope `manage`.
     */
    readonly get: operations['listGitProviderDraftOrganizations'];
  };
  readonly '/git-provider-drafts/{id}/save': {
    /**
     * Make it a git provider, or the change of one, and the test's sign-in my connection
     *
     * Takes an administrator's browser session, or API token of the scope `manage`.
     */
    readonly post: operations['saveGitProviderDraft'];
  };
  readonly '/git-providers/{id}/connection': {
    /**
     * My connection
     *
     * Takes a browser session, or an API token of the scope `read` or `manage`.
     */
    readonly get: operations['getConnection'];
    /**
     * Sign in with a token, which is verified at once; in place of an earlier sign-in
     *
     * Takes a browser session, or an API token of the scope `manage`.
     */
    readonly put: operations['signInWithToken'];
    /**
     * Sign out here, at once; and on the forge as well if asked to
     *
     * Takes a browser session, or an API token of the scope `manage`.
     */
    readonly delete: operations['signOut'];
  };
  readonly '/git-providers/{id}/sign-ins': {
    /**
     * Start to sign in at the forge itself
     *
     * Takes a browser session, or an API token of the scope `manage`.
     */
    readonly post: operations['startSignIn'];
  };
  readonly '/sign-ins/{id}': {
    /**
     * How a sign-in of mine stands; for a code, asks the forge when it is time
     *
     * Takes a browser session, or an API token of the scope `read` or `manage`.
     */
    readonly get: operations['getSignIn'];
    /**
     * End a sign-in of mine
     *
     * Takes a browser session, or an API token of the scope `manage`.
     */
    readonly delete: operations['cancelSignIn'];
  };
  readonly '/sign-ins/{id}/confirmation': {
    /**
     * Say that the account is mine, of a sign-in that a program has started or that went with a code
     *
     * Takes a browser session, and no API token.
     */
    readonly post: operations['confirmSignIn'];
  };
  readonly '/syncs': {
    /**
     * My latest syncs
     *
     * Takes a browser session, or an API token of the scope `read` or `manage`.
     */
    readonly get: operations['listSyncs'];
    /**
     * Synchronize everything I am signed in to; joins what runs
     *
     * Takes a browser session, or an API token of the scope `manage`.
     */
    readonly post: operations['startSync'];
  };
  readonly '/syncs/{id}': {
    /**
     * One sync, now or after its next change
     *
     * Takes a browser session, or an API token of the scope `read` or `manage`.
     */
    readonly get: operations['getSync'];
  };
  readonly '/syncs/{id}/cancellation': {
    /**
     * Stop a sync, wherever it runs; what people see stays
     *
     * Takes a browser session, or an API token of the scope `manage`.
     */
    readonly post: operations['cancelSync'];
  };
  readonly '/syncs/{id}/events': {
    /**
     * One sync, now and after each change, until it has ended
     *
     * Takes a browser session, or an API token of the scope `read` or `manage`.
     */
    readonly get: operations['watchSync'];
  };
  readonly '/repositories': {
    /**
     * My repositories, of my last complete listings
     *
     * Takes a browser session, or an API token of the scope `read` or `manage`.
     */
    readonly get: operations['listRepositories'];
  };
  readonly '/repositories/{id}': {
    /**
     * One of my repositories
     *
     * Takes a browser session, or an API token of the scope `read` or `manage`.
     */
    readonly get: operations['getRepository'];
  };
  readonly '/repositories/{id}/permissions': {
    /**
     * What everybody may do on it, asked of the forge now, as far as my credential may know
     *
     * Takes a browser session, or an API token of the scope `read` or `manage`.
     */
    readonly get: operations['listRepositoryPermissions'];
  };
  readonly '/explain': {
    /**
     * Why do I see this repository, or not?
     *
     * Takes a browser session, or an API token of the scope `read` or `manage`.
     */
    readonly get: operations['explainRepository'];
  };
  readonly '/git-credentials': {
    /**
     * My own credential for an address that git is about to sign in to
     *
     * Takes an API token of the scope `git`, and no browser session.
     */
    readonly post: operations['issueGitCredential'];
  };
  readonly '/audit-events': {
    /**
     * What I did and what was done to me; for administrators also to people and git providers
     *
     * Takes a browser session, or an API token of the scope `read` or `manage`.
     */
    readonly get: operations['listAuditEvents'];
  };
  readonly '/openapi.json': {
    /**
     * This description, as OpenAPI 3.1
     *
     * For everybody.
     */
    readonly get: operations['describeApi'];
  };
}
/** The account on the forge that a connection acts as */
export type Account = {
  /** The forge’s own, stable id */
  readonly id: string;
  readonly username: string;
  readonly kind: 'user' | 'bot' | 'token';
  readonly displayName?: string | undefined;
  readonly avatarUrl?: string | undefined;
  readonly webUrl?: string | undefined;
};
/** What one account may do on a repository */
export type AccountPermission = {
  readonly account: Account;
  readonly permission: Permission;
  /** Through what. Absent: the forge does not tell */
  readonly via?: readonly ('direct' | 'group' | 'inherited' | 'shared' | 'public')[] | undefined;
};
export type ApiToken = {
  readonly id: string;
  readonly name: string;
  readonly scopes: readonly ('read' | 'manage' | 'git')[];
  /** Format: date-time */
  readonly createdAt: string;
  /**
   * Format: date-time
   *
   * Absent: never
   */
  readonly expiresAt?: string | undefined;
  /**
   * Format: date-time
   *
   * To the minute
   */
  readonly lastUsedAt?: string | undefined;
};
export type ApiTokenList = {
  readonly items: readonly ApiToken[];
};
export type AuditEvent = {
  readonly id: string;
  /** Format: date-time */
  readonly at: string;
  /** Who, under the name of that time. Absent: the server did it by itself */
  readonly person?:
    | {
        readonly id: string;
        readonly username: string;
      }
    | undefined;
  readonly via: 'session' | 'api_token' | 'server';
  /** Which session or API token; of my own events only */
  readonly viaId?: string | undefined;
  /** The person to whom it was done, where that is somebody else */
  readonly subjectId?: string | undefined;
  /** `git_credential.issued`, `git_provider.deleted` */
  readonly action: string;
  /** The git provider may be gone */
  readonly gitProviderId?: string | undefined;
  /** What else the action tells, by name; never a secret */
  readonly details: {
    readonly [key: string]: string | number | boolean | readonly string[];
  };
};
export type AuditEventList = {
  readonly items: readonly AuditEvent[];
  /** Absent: this is the last page */
  readonly nextCursor?: string | undefined;
};
export type CleanUp = {
  /** Stored repositories outside the settings */
  readonly count: number;
};
/** My sign-in to one git provider, without its credential */
export type Connection = {
  readonly gitProviderId: string;
  readonly kind: 'token' | 'oauth';
  readonly account: Account;
  readonly email?: string | undefined;
  /** Absent: the forge does not tell */
  readonly scopes?: readonly string[] | undefined;
  /** What it lacks for everything to work */
  readonly missingScopes?: readonly string[] | undefined;
  /**
   * Format: date-time
   *
   * When the credential that is used now does; one that renews itself is replaced before. Absent: it does not expire, or the forge does not tell
   */
  readonly expiresAt?: string | undefined;
  /** When it ends unless I do something. Absent: it does not end by itself, or is kept alive */
  readonly expiry?:
    | {
        /** Format: date-time */
        readonly at: string;
        readonly warning: 'none' | '30-days' | '7-days' | '1-day' | 'expired';
      }
    | undefined;
  /** It is not used any more: sign in again */
  readonly needsAttention?:
    | {
        readonly reason: string;
        /** Format: date-time */
        readonly since: string;
      }
    | undefined;
  /** The list of repositories that is visible now. Absent: none has been completed */
  readonly visible?:
    | {
        /** Format: date-time */
        readonly completedAt: string;
        readonly omitted: readonly Omission[];
      }
    | undefined;
  /** Format: date-time */
  readonly createdAt: string;
  /** Format: date-time */
  readonly updatedAt: string;
};
export type EndedSessions = {
  /** How many */
  readonly ended: number;
};
export type ExplainedStep = {
  readonly step:
    | 'signed_in'
    | 'connection'
    | 'token_scopes'
    | 'organization_access'
    | 'organization_settings'
    | 'last_sync'
    | 'permission';
  readonly status: 'passed' | 'failed' | 'unknown' | 'skipped';
  readonly detail: string;
  /**
   * Format: date-time
   *
   * Of `last_sync`: when it ended
   */
  readonly at?: string | undefined;
  readonly repair?:
    | {
        readonly text: string;
        readonly url?: string | undefined;
      }
    | undefined;
};
/** Why I see a repository, or do not */
export type Explanation = {
  readonly gitProviderId: string;
  /** As the forge writes it, where it told; else as asked */
  readonly path: string;
  /** Whether it stands in my list now */
  readonly listed: boolean;
  /** My own, as the forge tells it now */
  readonly permission?: Permission | undefined;
  readonly verdict: {
    /**
     * The one that decides. Absent: nothing stands in the way
     */
    readonly step?:
      | (
          | 'signed_in'
          | 'connection'
          | 'token_scopes'
          | 'organization_access'
          | 'organization_settings'
          | 'last_sync'
          | 'permission'
        )
      | undefined;
    readonly detail: string;
  };
  readonly steps: readonly ExplainedStep[];
};
/** What git signs in with: my own credential */
export type GitCredential =
  | {
      readonly kind: 'basic';
      readonly username: string;
      readonly password: string;
      /**
       * Format: date-time
       *
       * Absent: it does not expire, or nobody knows
       */
      readonly expiresAt?: string | undefined;
    }
  | {
      readonly kind: 'bearer';
      readonly token: string;
      /**
       * Format: date-time
       *
       * Absent: it does not expire, or nobody knows
       */
      readonly expiresAt?: string | undefined;
    };
/** The fields of git’s credential protocol */
export type GitCredentialRequest = {
  /** `https`; `http` for this machine itself */
  readonly protocol: string;
  /** With the port, where the address has one */
  readonly host: string;
  /** Of the repository. Git tells it only with `credential.useHttpPath` */
  readonly path?: string | undefined;
  /** Where several git providers of mine are at one address: this one */
  readonly gitProviderId?: string | undefined;
};
/** One configured instance of a forge */
export type GitProvider = {
  readonly id: string;
  readonly type: string;
  readonly name: string;
  /** Without its secrets */
  readonly config: unknown;
  /** Which secrets are set: `oauth.clientSecret` */
  readonly secretsSet: readonly string[];
  /** Whether only some of what accounts see is listed */
  readonly restricted: boolean;
  /** For administrators only */
  readonly organizations?: readonly LockedOrganization[] | undefined;
  /** For administrators only */
  readonly patterns?: readonly string[] | undefined;
  /** For administrators only: whether there may be more to list than lists have, because the settings let more through since. It is known once everybody has synchronized */
  readonly syncNeeded?: boolean | undefined;
  /**
   * `staged`: people keep their last complete list until the new one is complete. `revoke-first`: nothing is visible until it is confirmed again
   */
  readonly syncPolicy: 'staged' | 'revoke-first';
  /** Null: nothing is synchronized that nobody asks for */
  readonly schedule: SyncSchedule | null;
  /** Grows with every change; the `ETag` carries it */
  readonly version: number;
  /** Format: date-time */
  readonly createdAt: string;
  /** Format: date-time */
  readonly updatedAt: string;
};
/** What is left out stays as it is */
export type GitProviderChange = {
  readonly name?: string | undefined;
  /** What it is already: it can’t be changed */
  readonly type?: string | undefined;
  /** In place of the former one. A secret that is empty or absent stays, null removes it */
  readonly config?:
    | {
        readonly [key: string]: unknown;
      }
    | undefined;
  /** Only repositories of these, and of all that is under them. Empty: no lock */
  readonly organizations?: readonly LockedOrganization[] | undefined;
  /** Globs on the repository’s path in order; `!` excludes; the last match decides. Empty: everything */
  readonly patterns?: readonly string[] | undefined;
  /**
   * `staged`: people keep their last complete list until the new one is complete. `revoke-first`: nothing is visible until it is confirmed again
   */
  readonly syncPolicy?: ('staged' | 'revoke-first') | undefined;
  /** Null: none any more */
  readonly schedule?: (SyncSchedule | null) | undefined;
  /** How many connections the change may park. Needed when it changes an address or the OAuth client: `parks_connections` tells the number */
  readonly parks?: number | undefined;
};
export type GitProviderDraft = {
  readonly id: string;
  readonly type: string;
  /** The git provider that is being changed, or the id that the new one will have */
  readonly gitProviderId: string;
  /** The version that is being changed. Absent: a new one */
  readonly gitProviderVersion?: number | undefined;
  /** Where the forge has to send people back to, exactly so */
  readonly redirectUrl: string;
  readonly name: string;
  /** Without its secrets */
  readonly config: unknown;
  readonly secretsSet: readonly string[];
  /** Given for another address or OAuth client: they are sent nowhere, and have to be typed again */
  readonly secretsToRetype: readonly string[];
  readonly organizations: readonly LockedOrganization[];
  readonly patterns: readonly string[];
  /**
   * `staged`: people keep their last complete list until the new one is complete. `revoke-first`: nothing is visible until it is confirmed again
   */
  readonly syncPolicy: 'staged' | 'revoke-first';
  readonly schedule: SyncSchedule | null;
  /** Grows with every change */
  readonly revision: number;
  /** Null: nobody has signed in for the test */
  readonly signIn: {
    readonly kind: 'token' | 'oauth';
    /** Absent: no test has asked whose it is */
    readonly identity?:
      | {
          readonly account: Account;
          readonly email?: string | undefined;
          /** Absent: the forge does not tell */
          readonly scopes?: readonly string[] | undefined;
          readonly missingScopes?: readonly string[] | undefined;
          /** Format: date-time */
          readonly expiresAt?: string | undefined;
        }
      | undefined;
    /** False: it belongs to the address and OAuth client that the draft had before */
    readonly usable: boolean;
  } | null;
  /** Format: date-time */
  readonly createdAt: string;
  /** Format: date-time */
  readonly updatedAt: string;
  /**
   * Format: date-time
   *
   * It is forgotten then, unless it is changed before
   */
  readonly expiresAt: string;
};
export type GitProviderDraftSaving = {
  /** How many connections I know to be parked: these people have to sign in again */
  readonly parks?: number | undefined;
};
/** What was typed. It need not be complete, or right */
export type GitProviderDraftValues = {
  readonly name?: string | undefined;
  /** Of the form that the provider type tells. An empty secret is unchanged, null removes it */
  readonly config?:
    | {
        readonly [key: string]: unknown;
      }
    | undefined;
  readonly organizations?: readonly LockedOrganization[] | undefined;
  readonly patterns?: readonly string[] | undefined;
  /**
   * `staged`: people keep their last complete list until the new one is complete. `revoke-first`: nothing is visible until it is confirmed again
   */
  readonly syncPolicy?: ('staged' | 'revoke-first') | undefined;
  readonly schedule?: (SyncSchedule | null) | undefined;
};
/** First the steps to come, then each as it ends, last the summary */
export type GitProviderTestLine =
  | {
      readonly kind: 'plan';
      readonly revision: number;
      readonly steps: readonly {
        readonly step:
          | 'settings'
          | 'address'
          | 'reached'
          | 'forge'
          | 'client'
          | 'sign_in'
          | 'identity'
          | 'scopes'
          | 'repositories';
        readonly title: string;
      }[];
    }
  | {
      readonly step:
        | 'settings'
        | 'address'
        | 'reached'
        | 'forge'
        | 'client'
        | 'sign_in'
        | 'identity'
        | 'scopes'
        | 'repositories';
      readonly title: string;
      readonly kind: 'step';
      readonly status: 'passed' | 'failed' | 'waiting' | 'skipped';
      readonly detail?: string | undefined;
      /** What to do about it, and where */
      readonly repair?:
        | {
            readonly text: string;
            readonly url?: string | undefined;
          }
        | undefined;
      /** Of a failed step: the code of the problem */
      readonly code?: string | undefined;
      /** Which values of the draft to look at */
      readonly fields?:
        | readonly {
            readonly path: string;
            readonly message: string;
          }[]
        | undefined;
      /** What the forge has to have as redirect URL, exactly so */
      readonly redirectUrl?: string | undefined;
    }
  | {
      readonly kind: 'summary';
      readonly revision: number;
      readonly outcome: 'passed' | 'failed' | 'waiting';
      readonly message: string;
    };
export type Health = {
  readonly status: 'ok';
};
export type InvitedPerson = {
  readonly person: Person;
  readonly link: PasswordLink;
};
export type IssuedApiToken = {
  readonly apiToken: ApiToken;
  /** `anyforge_…`: shown this once, and kept nowhere */
  readonly token: string;
};
/** A git provider as I see it */
export type ListedGitProvider = {
  readonly id: string;
  readonly type: string;
  readonly name: string;
  /** Without its secrets */
  readonly config: unknown;
  /** Which secrets are set: `oauth.clientSecret` */
  readonly secretsSet: readonly string[];
  /** Whether only some of what accounts see is listed */
  readonly restricted: boolean;
  /** For administrators only */
  readonly organizations?: readonly LockedOrganization[] | undefined;
  /** For administrators only */
  readonly patterns?: readonly string[] | undefined;
  /** For administrators only: whether there may be more to list than lists have, because the settings let more through since. It is known once everybody has synchronized */
  readonly syncNeeded?: boolean | undefined;
  /**
   * `staged`: people keep their last complete list until the new one is complete. `revoke-first`: nothing is visible until it is confirmed again
   */
  readonly syncPolicy: 'staged' | 'revoke-first';
  /** Null: nothing is synchronized that nobody asks for */
  readonly schedule: SyncSchedule | null;
  /** Grows with every change; the `ETag` carries it */
  readonly version: number;
  /** Format: date-time */
  readonly createdAt: string;
  /** Format: date-time */
  readonly updatedAt: string;
  /** How people sign in there; none while its plugin or its secrets can’t be had */
  readonly waysToSignIn: readonly ('token' | 'oauth' | 'device')[];
  /** My own. Null: I am not signed in */
  readonly connection: Connection | null;
  /** For administrators only */
  readonly health?:
    | {
        readonly connections: number;
        /** Of these, those whose person has to sign in again */
        readonly needAttention: number;
        /**
         * Format: date-time
         *
         * When anybody’s list was last complete. Absent: none is
         */
        readonly lastCompletedAt?: string | undefined;
        /** The newest sync of anybody’s that failed, as long as finished syncs are kept */
        readonly lastFailure?:
          | {
              /** Format: date-time */
              readonly at: string;
              /** The code of the problem, or `internal` */
              readonly kind: string;
              /** In words that name nobody, and nothing but the git provider */
              readonly message: string;
            }
          | undefined;
        /** What is known to be left of the forge’s rate limits for me and for all */
        readonly rateBudgets: readonly {
          /** The forge’s own: `core`. `*` for all requests */
          readonly name: string;
          /**
           * Who shares it
           */
          readonly per: 'credential' | 'application' | 'address';
          readonly limit: number;
          readonly remaining: number;
          /** Format: date-time */
          readonly resetAt: string;
        }[];
      }
    | undefined;
};
export type LockedOrganization = {
  /** The forge’s own, stable id */
  readonly id: string;
  /** The path that it had when it was chosen */
  readonly path: string;
};
/** A connection that was just made */
export type NewConnection = {
  readonly gitProviderId: string;
  readonly kind: 'token' | 'oauth';
  readonly account: Account;
  readonly email?: string | undefined;
  /** Absent: the forge does not tell */
  readonly scopes?: readonly string[] | undefined;
  /** What it lacks for everything to work */
  readonly missingScopes?: readonly string[] | undefined;
  /**
   * Format: date-time
   *
   * When the credential that is used now does; one that renews itself is replaced before. Absent: it does not expire, or the forge does not tell
   */
  readonly expiresAt?: string | undefined;
  /** When it ends unless I do something. Absent: it does not end by itself, or is kept alive */
  readonly expiry?:
    | {
        /** Format: date-time */
        readonly at: string;
        readonly warning: 'none' | '30-days' | '7-days' | '1-day' | 'expired';
      }
    | undefined;
  /** It is not used any more: sign in again */
  readonly needsAttention?:
    | {
        readonly reason: string;
        /** Format: date-time */
        readonly since: string;
      }
    | undefined;
  /** The list of repositories that is visible now. Absent: none has been completed */
  readonly visible?:
    | {
        /** Format: date-time */
        readonly completedAt: string;
        readonly omitted: readonly Omission[];
      }
    | undefined;
  /** Format: date-time */
  readonly createdAt: string;
  /** Format: date-time */
  readonly updatedAt: string;
  /** The sync that it has started */
  readonly syncId: string;
};
export type NewGitProvider = {
  readonly name: string;
  readonly type: string;
  /** Of the form that the provider type tells in `configSchema` */
  readonly config: {
    readonly [key: string]: unknown;
  };
  /** Only repositories of these, and of all that is under them. Empty: no lock */
  readonly organizations?: readonly LockedOrganization[] | undefined;
  /** Globs on the repository’s path in order; `!` excludes; the last match decides. Empty: everything */
  readonly patterns?: readonly string[] | undefined;
  /**
   * `staged`: people keep their last complete list until the new one is complete. `revoke-first`: nothing is visible until it is confirmed again
   */
  readonly syncPolicy?: ('staged' | 'revoke-first') | undefined;
  /** Null or absent: none */
  readonly schedule?: (SyncSchedule | null) | undefined;
};
export type NewGitProviderDraft = {
  readonly type: string;
  /** The git provider that is to be changed: the draft begins with its settings. Absent: a new one */
  readonly gitProviderId?: string | undefined;
  readonly values?: GitProviderDraftValues | undefined;
};
export type NewSignIn = {
  /**
   * Through a browser, or with a code that is typed on the forge’s page
   * @default redirect
   */
  readonly method?: ('redirect' | 'device') | undefined;
  /**
   * Where the forge’s page is shown. A `popup` tells the page that opened it, and closes. A `page` that has succeeded goes on to `returnTo` with `signIn`, its id, in the query
   * @default popup
   */
  readonly display?: ('popup' | 'page') | undefined;
  /** A page of this server to go on with, as a path below its address: `/git-providers` */
  readonly returnTo?: string | undefined;
  /** Ask which account it is to be, where the forge can */
  readonly selectAccount?: boolean | undefined;
};
export type OAuthHelp = {
  /** The page of that very host on which one registers an application */
  readonly registerUrl: string;
  /** What to enter there, the redirect address among it */
  readonly fields: readonly {
    readonly label: string;
    readonly value: string;
    readonly copy: boolean;
  }[];
  readonly hints: readonly string[];
};
/** What a forge left out of a listing, and says so */
export type Omission = {
  readonly organization: {
    readonly id?: string | undefined;
    readonly path?: string | undefined;
  };
  readonly reason: 'sso_required' | 'organization_restricted' | 'forbidden';
  /** Where one does something about it */
  readonly url?: string | undefined;
};
/** All that my account sees, by path */
export type OrganizationList = {
  readonly items: readonly {
    readonly id: string;
    readonly path: string;
    readonly name: string;
    readonly avatarUrl?: string | undefined;
    readonly webUrl?: string | undefined;
  }[];
  /** Organizations that have to let the application or the credential in first */
  readonly omitted: readonly Omission[];
};
/** Which repositories are listed */
export type OrganizationSettings = {
  /** Only repositories of these, and of all that is under them. Empty: no lock */
  readonly organizations: readonly LockedOrganization[];
  /** Globs on the repository’s path in order; `!` excludes; the last match decides. Empty: everything */
  readonly patterns: readonly string[];
};
export type OrganizationSettingsPreview = {
  /** Repositories that are stored, whoever has listed them */
  readonly total: number;
  readonly kept: number;
  readonly hidden: number;
  /** What lies in each, kept and hidden by the patterns. One may lie in several */
  readonly organizations: readonly {
    readonly id: string;
    readonly path: string;
    readonly kept: number;
    readonly hidden: number;
  }[];
  /** What each pattern decides */
  readonly patterns: readonly {
    readonly pattern: string;
    readonly kept: number;
    readonly hidden: number;
  }[];
  /** Of the hidden ones: in none of the organizations */
  readonly outside: number;
  /** Of the hidden ones: matched by no pattern */
  readonly unmatched: number;
  /** Paths of my own list */
  readonly samples: {
    readonly kept: readonly string[];
    readonly hidden: readonly string[];
  };
  /** There may be more, which the settings that stand have kept from being listed */
  readonly knownOnlyAfterSync: boolean;
  /** There is no lock: people’s personal repositories are listed, too */
  readonly personalRepositories: boolean;
};
export type PasswordLink = {
  readonly purpose: 'invitation' | 'reset';
  /**
   * Format: uri
   *
   * To be handed to the person. It is shown this once
   */
  readonly url: string;
  /** Format: date-time */
  readonly expiresAt: string;
};
export type PasswordLinkView = {
  readonly purpose: 'invitation' | 'reset';
  readonly username: string;
  /** Format: date-time */
  readonly expiresAt: string;
};
/** What an account may do on a repository */
export type Permission =
  | {
      readonly level: 'none' | 'read' | 'triage' | 'write' | 'maintain' | 'admin';
      /** The forge’s own word */
      readonly native: string;
    }
  | {
      readonly level: 'unknown';
      readonly native: string;
      readonly reason: string;
    };
export type Person = {
  readonly id: string;
  readonly username: string;
  readonly displayName?: string | undefined;
  readonly role: 'administrator' | 'member';
  /**
   * `awaiting_password`: they have to choose one with the link that an administrator gave them
   */
  readonly status: 'active' | 'awaiting_password';
  readonly signsInWith: 'password' | 'openid_connect';
  /** Format: date-time */
  readonly createdAt: string;
  /** Format: date-time */
  readonly lastSignedInAt?: string | undefined;
};
export type PersonList = {
  readonly items: readonly Person[];
};
/** RFC 9457 problem details */
export type Problem = {
  /** `urn:anyforge:problem:` and the code */
  readonly type: string;
  readonly title: string;
  readonly code: ProblemCode;
  readonly status: number;
  /** For people: what happened, and what to do */
  readonly detail: string;
  /** By which the log of the server knows the request */
  readonly requestId: string;
  /** What to do, and where, in case the detail does not say so already */
  readonly repair?:
    | {
        readonly text: string;
        readonly url?: string | undefined;
      }
    | undefined;
  /** Which fields of the request are wrong */
  readonly fields?:
    | readonly {
        readonly path: string;
        readonly message: string;
      }[]
    | undefined;
  /**
   * Format: date-time
   *
   * When asking again makes sense
   */
  readonly retryAt?: string | undefined;
  /** The number that has to be confirmed, where that is what is missing */
  readonly count?: number | undefined;
};
/**
 * Stable: programs decide by it; docs/errors.md says what each means. A later version of the server may know more: treat one that you do not know by its status
 */
export type ProblemCode =
  | 'access_denied'
  | 'account_mismatch'
  | 'already_set_up'
  | 'ambiguous_git_provider'
  | 'blocked_address'
  | 'busy'
  | 'clean_up_changed'
  | 'client_rejected'
  | 'closed'
  | 'duplicate_name'
  | 'endpoint_removed'
  | 'forbidden'
  | 'foreign_host'
  | 'foreign_origin'
  | 'grant_expired'
  | 'headers_too_large'
  | 'insufficient_scope'
  | 'internal'
  | 'invalid_config'
  | 'invalid_input'
  | 'invalid_plugin'
  | 'invalid_request'
  | 'invalid_response'
  | 'last_administrator'
  | 'link_expired'
  | 'malformed_request'
  | 'method_not_allowed'
  | 'name_mismatch'
  | 'needs_attention'
  | 'network'
  | 'no_git_provider'
  | 'not_allowed'
  | 'not_connected'
  | 'not_found'
  | 'not_signed_in'
  | 'oauth_unavailable'
  | 'organization_restricted'
  | 'other_person'
  | 'parks_connections'
  | 'precondition_required'
  | 'rate_limited'
  | 'redirect_rejected'
  | 'request_timeout'
  | 'settings_changed'
  | 'sign_in_cancelled'
  | 'sign_in_expired'
  | 'sign_in_foreign'
  | 'sign_in_interrupted'
  | 'sign_in_unknown'
  | 'sign_in_used'
  | 'single_sign_on_expired'
  | 'single_sign_on_failed'
  | 'single_sign_on_unavailable'
  | 'sso_required'
  | 'starting'
  | 'store_failed'
  | 'store_full'
  | 'timeout'
  | 'too_large'
  | 'too_many_attempts'
  | 'too_many_streams'
  | 'too_many_tests'
  | 'type_fixed'
  | 'unauthenticated'
  | 'unavailable'
  | 'unknown_provider_type'
  | 'unsupported'
  | 'unsupported_media_type'
  | 'username_mismatch'
  | 'version_conflict'
  | 'wrong_credentials'
  | 'wrong_encryption_key'
  | 'wrong_set_up_code';
/** A forge, with everything that a form needs */
export type ProviderType = {
  readonly type: string;
  readonly displayName: string;
  /** SVG; `currentColor` in it is the colour of the text that it stands beside */
  readonly logo: string;
  readonly documentationUrl: string;
  /** In which forms the forge exists; one that is absent does not */
  readonly hosting: {
    readonly cloud?:
      | {
          readonly label: string;
          readonly baseUrl: string;
        }
      | undefined;
    readonly selfHosted?:
      | {
          readonly label: string;
          readonly example: string;
        }
      | undefined;
  };
  /** Whether people can sign in through an OAuth application */
  readonly oauth: boolean;
  /** JSON Schema of the config, with titles; secrets are marked `writeOnly` */
  readonly configSchema: {
    readonly [key: string]: unknown;
  };
};
/** A repository as I see it through one git provider */
export type Repository = {
  /** The git provider’s id, a colon, and the forge’s id */
  readonly id: string;
  readonly gitProviderId: string;
  /** Stable on that forge, through renames and transfers */
  readonly forgeId: string;
  /** `acme/platform/api` */
  readonly path: string;
  readonly name: string;
  /** `acme/platform` */
  readonly namespace: string;
  readonly description?: string | undefined;
  /** Absent: the forge gave one that leads away from its own addresses */
  readonly webUrl?: string | undefined;
  /** Absent: the forge gave one that leads away from its own addresses */
  readonly httpsCloneUrl?: string | undefined;
  readonly sshCloneUrl?: string | undefined;
  /** Absent: it is empty, or the forge does not tell */
  readonly defaultBranch?: string | undefined;
  readonly visibility: 'public' | 'internal' | 'private';
  readonly archived: boolean;
  readonly fork?: boolean | undefined;
  /** Format: date-time */
  readonly updatedAt?: string | undefined;
  /** My own */
  readonly permission: Permission;
  /**
   * Format: date-time
   *
   * When my last complete listing ended, which has it, or when the forge told of it since, to anyone
   */
  readonly observedAt: string;
};
export type RepositoryList = {
  readonly items: readonly Repository[];
  /** Absent: this is the last page */
  readonly nextCursor?: string | undefined;
  /** How many the filter lets through, on all pages */
  readonly total: number;
};
export type RepositoryPermissions = {
  readonly items: readonly AccountPermission[];
  /** What the forge left out, and says so */
  readonly omitted: readonly Omission[];
};
export type SavedGitProviderDraft = {
  readonly gitProvider: GitProvider;
  /** What the test's sign-in has become. Null: nothing */
  readonly connection: Connection | null;
  /** The sync that the new connection has started */
  readonly syncId?: string | undefined;
  /**
   * What has become of the test's sign-in. `outdated`: it was made at another address or with another OAuth client. `untested`: no test has asked whose it is, or the forge has refused it. Both were dropped, and revoked where the forge can
   */
  readonly signIn: 'connected' | 'none' | 'outdated' | 'untested';
};
export type Session = {
  readonly id: string;
  /** It is the one that asks */
  readonly current: boolean;
  readonly address?: string | undefined;
  readonly userAgent?: string | undefined;
  /** Format: date-time */
  readonly createdAt: string;
  /**
   * Format: date-time
   *
   * To the minute
   */
  readonly lastUsedAt: string;
  /**
   * Format: date-time
   *
   * When it ends if it is not used any more
   */
  readonly expiresAt: string;
};
export type SessionList = {
  readonly items: readonly Session[];
};
export type SetUpStatus = {
  /** There is no administrator yet: the first visit makes one */
  readonly needed: boolean;
  /** It takes the code from the log of the server */
  readonly codeRequired: boolean;
};
/** A sign-in at a forge, under way or over */
export type SignIn = {
  readonly id: string;
  readonly gitProviderId: string;
  readonly purpose: 'connection' | 'draft';
  readonly draftId?: string | undefined;
  readonly method: 'redirect' | 'device';
  readonly display: 'popup' | 'page';
  /**
   * `pending`: the forge has not answered. `awaiting_confirmation`: name the account in a browser to go on
   */
  readonly state: 'pending' | 'finishing' | 'awaiting_confirmation' | 'succeeded' | 'failed' | 'cancelled';
  /** What to type and where, while a code is waited for */
  readonly device?:
    | {
        readonly userCode: string;
        readonly verificationUrl: string;
        /**
         * Format: date-time
         *
         * Asking earlier changes nothing
         */
        readonly nextPollAt: string;
      }
    | undefined;
  /** Whose it is, as soon as the forge has told */
  readonly account?: Account | undefined;
  /** Why it failed */
  readonly error?:
    | {
        /** The code of a problem */
        readonly kind: string;
        readonly message: string;
        readonly repair?:
          | {
              readonly text: string;
              readonly url?: string | undefined;
            }
          | undefined;
      }
    | undefined;
  /** The sync that the new connection has started */
  readonly syncId?: string | undefined;
  /** Where to go on */
  readonly returnUrl: string;
  /** Format: date-time */
  readonly createdAt: string;
  /** Format: date-time */
  readonly expiresAt: string;
  /** Format: date-time */
  readonly finishedAt?: string | undefined;
};
export type SignInConfirmation = {
  /** The id of the account, as the sign-in tells it */
  readonly accountId: string;
};
export type SignInMethods = {
  readonly password: true;
  readonly openIdConnect: {
    /** What a button says */
    readonly displayName: string;
    /** Where a browser goes to begin, below the address of the server */
    readonly path: string;
  } | null;
};
export type SignedIn = {
  readonly person: Person;
  /**
   * Format: date-time
   *
   * When the session ends, however much it is used
   */
  readonly expiresAt: string;
};
export type SignedOut = {
  /**
   * Whether the authorization on the forge has ended as well. `failed`: as far as is known it has not; `unsupported`: it can only be ended by hand
   */
  readonly revoked: 'done' | 'failed' | 'unsupported' | 'not-asked';
  /** What is left to do by hand */
  readonly message?: string | undefined;
};
export type StartedSignIn = {
  readonly id: string;
  readonly gitProviderId: string;
  readonly purpose: 'connection' | 'draft';
  readonly draftId?: string | undefined;
  readonly method: 'redirect' | 'device';
  readonly display: 'popup' | 'page';
  /**
   * `pending`: the forge has not answered. `awaiting_confirmation`: name the account in a browser to go on
   */
  readonly state: 'pending' | 'finishing' | 'awaiting_confirmation' | 'succeeded' | 'failed' | 'cancelled';
  /** What to type and where, while a code is waited for */
  readonly device?:
    | {
        readonly userCode: string;
        readonly verificationUrl: string;
        /**
         * Format: date-time
         *
         * Asking earlier changes nothing
         */
        readonly nextPollAt: string;
      }
    | undefined;
  /** Whose it is, as soon as the forge has told */
  readonly account?: Account | undefined;
  /** Why it failed */
  readonly error?:
    | {
        /** The code of a problem */
        readonly kind: string;
        readonly message: string;
        readonly repair?:
          | {
              readonly text: string;
              readonly url?: string | undefined;
            }
          | undefined;
      }
    | undefined;
  /** The sync that the new connection has started */
  readonly syncId?: string | undefined;
  /** Where to go on */
  readonly returnUrl: string;
  /** Format: date-time */
  readonly createdAt: string;
  /** Format: date-time */
  readonly expiresAt: string;
  /** Format: date-time */
  readonly finishedAt?: string | undefined;
  /** The forge’s page at which to go on in the same browser. Told this once */
  readonly authorizationUrl?: string | undefined;
};
/** One run that fetches my repositories and permissions */
export type Sync = {
  readonly id: string;
  /**
   * `running` while any task is, then `waiting` while any is, then `queued`; at the end the worst of theirs
   */
  readonly state: 'queued' | 'running' | 'waiting' | 'succeeded' | 'failed' | 'cancelled' | 'interrupted';
  /** Grows with every change */
  readonly revision: number;
  /** How many tasks have ended, of all in `tasks` */
  readonly done: number;
  /** Format: date-time */
  readonly createdAt: string;
  /**
   * Format: date-time
   *
   * Absent while any task is open
   */
  readonly finishedAt?: string | undefined;
  readonly tasks: readonly SyncTask[];
};
/** How the work of everybody’s syncs for one git provider has ended: in numbers, and whose is not told */
export type SyncHistory = {
  /** Format: date-time */
  readonly from: string;
  /** Format: date-time */
  readonly to: string;
  /** How long each period is; they begin at multiples of it in UTC */
  readonly bucketMinutes: number;
  /** Oldest first; without periods in which nothing ended */
  readonly items: readonly {
    /**
     * Format: date-time
     *
     * When the period begins
     */
    readonly from: string;
    readonly succeeded: number;
    readonly failed: number;
    readonly cancelled: number;
    readonly interrupted: number;
    /** How long the middle one of those took that succeeded, waiting included */
    readonly medianMs?: number | undefined;
    /** How long the longest of them took */
    readonly maxMs?: number | undefined;
  }[];
};
export type SyncList = {
  readonly items: readonly Sync[];
};
/** How often lists are synchronized without anybody asking */
export type SyncSchedule = {
  /** 15 to 10080, which is a week; each list at a moment of its own, so that not all come at once */
  readonly everyMinutes: number;
};
/** The work of a sync for one connection */
export type SyncTask = {
  readonly id: string;
  readonly gitProviderId: string;
  /**
   * `queued`: ready, no worker has begun. `running`. `waiting`: for the forge, until `waitingUntil`; then it goes on by itself. The others are final. `succeeded`. `failed`: `error` says why. `cancelled`: by me, or with the sign-in. `interrupted`: the servers stopped again and again while it ran
   */
  readonly state: 'queued' | 'running' | 'waiting' | 'succeeded' | 'failed' | 'cancelled' | 'interrupted';
  /** How many answers of the forge have been stored so far */
  readonly pages: number;
  /** How many have been listed so far */
  readonly repositories: number;
  /** How many repositories the forge says that there are. Absent: it does not tell */
  readonly total?: number | undefined;
  readonly omitted: readonly Omission[];
  /**
   * Format: date-time
   *
   * When a task that waits goes on by itself
   */
  readonly waitingUntil?: string | undefined;
  /** Why it waits, failed or was interrupted */
  readonly error?:
    | {
        /** The code of the problem, or `internal` */
        readonly kind: string;
        readonly message: string;
        readonly repair?:
          | {
              readonly text: string;
              readonly url?: string | undefined;
            }
          | undefined;
      }
    | undefined;
  /** Format: date-time */
  readonly startedAt?: string | undefined;
  /** Format: date-time */
  readonly finishedAt?: string | undefined;
};
export type TokenHelp = {
  readonly variants: readonly {
    readonly label: string;
    /** The page of that very host on which one makes such a token */
    readonly createUrl: string;
    readonly scopes: readonly string[];
    readonly username: 'required' | 'optional' | 'none';
    readonly usernameLabel?: string | undefined;
  }[];
};
export type TokenInput = {
  /** Never told again */
  readonly token: string;
  /** Where the forge asks for it: the token help says so */
  readonly username?: string | undefined;
};
export type WhoAmI = {
  /** Null: nobody is signed in */
  readonly person: {
    readonly id: string;
    readonly username: string;
    readonly role: 'administrator' | 'member';
    readonly via: 'session' | 'api_token';
    /** Of the API token */
    readonly scopes?: readonly string[] | undefined;
  } | null;
};
interface operations {
  readonly getSetUp: {
    readonly responses: {
      /** Whether it does, and what it takes */
      readonly 200: {
        content: {
          readonly 'application/json': SetUpStatus;
        };
      };
    };
  };
  readonly setUp: {
    readonly requestBody: {
      readonly content: {
        readonly 'application/json': {
          readonly username: string;
          readonly password: string;
          readonly displayName?: (string | null) | undefined;
          readonly code?: string | undefined;
        };
      };
    };
    readonly responses: {
      /** I am the administrator */
      readonly 201: {
        content: {
          readonly 'application/json': SignedIn;
        };
      };
    };
  };
  readonly whoAmI: {
    readonly responses: {
      /** I, or nobody */
      readonly 200: {
        content: {
          readonly 'application/json': WhoAmI;
        };
      };
    };
  };
  readonly signInWithPassword: {
    readonly requestBody: {
      readonly content: {
        readonly 'application/json': {
          readonly username: string;
          readonly password: string;
        };
      };
    };
    readonly responses: {
      /** I am signed in, by a cookie */
      readonly 201: {
        content: {
          readonly 'application/json': SignedIn;
        };
      };
    };
  };
  readonly endMySession: {
    readonly responses: {
      /** I am signed out */
      readonly 204: {};
    };
  };
  readonly listSessions: {
    readonly responses: {
      /** The last used first */
      readonly 200: {
        content: {
          readonly 'application/json': SessionList;
        };
      };
    };
  };
  readonly endOtherSessions: {
    readonly responses: {
      /** They are signed out */
      readonly 200: {
        content: {
          readonly 'application/json': EndedSessions;
        };
      };
    };
  };
  readonly endSession: {
    readonly parameters: {
      readonly path: {
        readonly id: string;
      };
    };
    readonly responses: {
      /** It is signed out */
      readonly 204: {};
    };
  };
  readonly listSignInMethods: {
    readonly responses: {
      /** With a password always */
      readonly 200: {
        content: {
          readonly 'application/json': SignInMethods;
        };
      };
    };
  };
  readonly getAccount: {
    readonly responses: {
      /** My account */
      readonly 200: {
        content: {
          readonly 'application/json': Person;
        };
      };
    };
  };
  readonly updateAccount: {
    readonly requestBody: {
      readonly content: {
        readonly 'application/json': {
          readonly displayName?: (string | null) | undefined;
        };
      };
    };
    readonly responses: {
      /** My account */
      readonly 200: {
        content: {
          readonly 'application/json': Person;
        };
      };
    };
  };
  readonly changePassword: {
    readonly requestBody: {
      readonly content: {
        readonly 'application/json': {
          readonly currentPassword: string;
          readonly newPassword: string;
        };
      };
    };
    readonly responses: {
      /** It is changed; the session goes on with another cookie */
      readonly 204: {};
    };
  };
  readonly listApiTokens: {
    readonly responses: {
      /** By name */
      readonly 200: {
        content: {
          readonly 'application/json': ApiTokenList;
        };
      };
    };
  };
  readonly createApiToken: {
    readonly requestBody: {
      readonly content: {
        readonly 'application/json': {
          readonly name: string;
          readonly scopes: readonly ('read' | 'manage' | 'git')[];
          /** 1 to 365; null: it never expires; 90 when it is left out */
          readonly expiresInDays?: (number | null) | undefined;
        };
      };
    };
    readonly responses: {
      /** It is there, and shown this once */
      readonly 201: {
        content: {
          readonly 'application/json': IssuedApiToken;
        };
      };
    };
  };
  readonly deleteApiToken: {
    readonly parameters: {
      readonly path: {
        readonly id: string;
      };
    };
    readonly responses: {
      /** It is gone */
      readonly 204: {};
    };
  };
  readonly listPeople: {
    readonly responses: {
      /** By username */
      readonly 200: {
        content: {
          readonly 'application/json': PersonList;
        };
      };
    };
  };
  readonly invitePerson: {
    readonly requestBody: {
      readonly content: {
        readonly 'application/json': {
          readonly username: string;
          readonly displayName?: (string | null) | undefined;
          readonly role?: ('administrator' | 'member') | undefined;
        };
      };
    };
    readonly responses: {
      /** It is there; the link is shown this once, and good for 72 hours */
      readonly 201: {
        content: {
          readonly 'application/json': InvitedPerson;
        };
      };
    };
  };
  readonly getPerson: {
    readonly parameters: {
      readonly path: {
        readonly id: string;
      };
    };
    readonly responses: {
      /** The person */
      readonly 200: {
        content: {
          readonly 'application/json': Person;
        };
      };
    };
  };
  readonly deletePerson: {
    readonly parameters: {
      readonly path: {
        readonly id: string;
      };
    };
    readonly responses: {
      /** It is gone */
      readonly 204: {};
    };
  };
  readonly changeRole: {
    readonly parameters: {
      readonly path: {
        readonly id: string;
      };
    };
    readonly requestBody: {
      readonly content: {
        readonly 'application/json': {
          readonly role: 'administrator' | 'member';
        };
      };
    };
    readonly responses: {
      /** The person */
      readonly 200: {
        content: {
          readonly 'application/json': Person;
        };
      };
    };
  };
  readonly resetPassword: {
    readonly parameters: {
      readonly path: {
        readonly id: string;
      };
    };
    readonly responses: {
      /** The link is shown this once, and good for 24 hours; 72 where there was no password yet */
      readonly 200: {
        content: {
          readonly 'application/json': InvitedPerson;
        };
      };
    };
  };
  readonly inspectPasswordLink: {
    readonly requestBody: {
      readonly content: {
        readonly 'application/json': {
          /** What follows # in the link */
          readonly token: string;
        };
      };
    };
    readonly responses: {
      /** The link is good */
      readonly 200: {
        content: {
          readonly 'application/json': PasswordLinkView;
        };
      };
    };
  };
  readonly usePasswordLink: {
    readonly requestBody: {
      readonly content: {
        readonly 'application/json': {
          /** What follows # in the link */
          readonly token: string;
          readonly password: string;
        };
      };
    };
    readonly responses: {
      /** I am signed in, by a cookie */
      readonly 201: {
        content: {
          readonly 'application/json': SignedIn;
        };
      };
    };
  };
  readonly listProviderTypes: {
    readonly responses: {
      /** By display name */
      readonly 200: {
        content: {
          readonly 'application/json': {
            readonly items: readonly ProviderType[];
          };
        };
      };
    };
  };
  readonly listGitProviders: {
    readonly responses: {
      /** By name */
      readonly 200: {
        content: {
          readonly 'application/json': {
            readonly items: readonly ListedGitProvider[];
          };
        };
      };
    };
  };
  readonly createGitProvider: {
    readonly requestBody: {
      readonly content: {
        readonly 'application/json': NewGitProvider;
      };
    };
    readonly responses: {
      /** It is there */
      readonly 201: {
        content: {
          readonly 'application/json': GitProvider;
        };
      };
    };
  };
  readonly getGitProvider: {
    readonly parameters: {
      readonly path: {
        readonly id: string;
      };
    };
    readonly responses: {
      /** The git provider */
      readonly 200: {
        content: {
          readonly 'application/json': ListedGitProvider;
        };
      };
    };
  };
  readonly deleteGitProvider: {
    readonly parameters: {
      readonly query: {
        /** Its name, typed again */
        readonly name: string;
      };
      readonly header?:
        | {
            /** The `ETag` of what was seen. Absent: whatever stands */
            readonly 'If-Match'?: string | undefined;
          }
        | undefined;
      readonly path: {
        readonly id: string;
      };
    };
    readonly responses: {
      /** It is gone, with everything under it */
      readonly 204: {};
    };
  };
  readonly updateGitProvider: {
    readonly parameters: {
      readonly header?:
        | {
            /** The `ETag` of what was seen, or `*` for whatever stands */
            readonly 'If-Match'?: string | undefined;
          }
        | undefined;
      readonly path: {
        readonly id: string;
      };
    };
    readonly requestBody: {
      readonly content: {
        readonly 'application/json': GitProviderChange;
      };
    };
    readonly responses: {
      /** As it is now */
      readonly 200: {
        content: {
          readonly 'application/json': GitProvider;
        };
      };
    };
  };
  readonly getTokenHelp: {
    readonly parameters: {
      readonly path: {
        readonly id: string;
      };
    };
    readonly responses: {
      /** The kinds of token that it takes */
      readonly 200: {
        content: {
          readonly 'application/json': TokenHelp;
        };
      };
    };
  };
  readonly getOAuthHelp: {
    readonly parameters: {
      readonly path: {
        readonly id: string;
      };
    };
    readonly responses: {
      /** Where, and what to enter there */
      readonly 200: {
        content: {
          readonly 'application/json': OAuthHelp;
        };
      };
    };
  };
  readonly getSyncHistory: {
    readonly parameters: {
      readonly query?:
        | {
            /** 1 to 30 */
            readonly days?: number | undefined;
          }
        | undefined;
      readonly path: {
        readonly id: string;
      };
    };
    readonly responses: {
      /** Numbers by period */
      readonly 200: {
        content: {
          readonly 'application/json': SyncHistory;
        };
      };
    };
  };
  readonly listOrganizations: {
    readonly parameters: {
      readonly path: {
        readonly id: string;
      };
    };
    readonly responses: {
      /** All of them */
      readonly 200: {
        content: {
          readonly 'application/json': OrganizationList;
        };
      };
    };
  };
  readonly previewOrganizationSettings: {
    readonly parameters: {
      readonly path: {
        readonly id: string;
      };
    };
    readonly requestBody: {
      readonly content: {
        readonly 'application/json': OrganizationSettings;
      };
    };
    readonly responses: {
      /** Numbers, with samples of my own list */
      readonly 200: {
        content: {
          readonly 'application/json': OrganizationSettingsPreview;
        };
      };
    };
  };
  readonly countOutside: {
    readonly parameters: {
      readonly path: {
        readonly id: string;
      };
    };
    readonly responses: {
      /** Their number */
      readonly 200: {
        content: {
          readonly 'application/json': CleanUp;
        };
      };
    };
  };
  readonly cleanUp: {
    readonly parameters: {
      readonly path: {
        readonly id: string;
      };
    };
    readonly requestBody: {
      readonly content: {
        readonly 'application/json': CleanUp;
      };
    };
    readonly responses: {
      /** They are gone */
      readonly 204: {};
    };
  };
  readonly createGitProviderDraft: {
    readonly requestBody: {
      readonly content: {
        readonly 'application/json': NewGitProviderDraft;
      };
    };
    readonly responses: {
      /** The draft, for two hours after its last change */
      readonly 201: {
        content: {
          readonly 'application/json': GitProviderDraft;
        };
      };
    };
  };
  readonly getGitProviderDraft: {
    readonly parameters: {
      readonly path: {
        readonly id: string;
      };
    };
    readonly responses: {
      /** The draft, without its secrets */
      readonly 200: {
        content: {
          readonly 'application/json': GitProviderDraft;
        };
      };
    };
  };
  readonly updateGitProviderDraft: {
    readonly parameters: {
      readonly path: {
        readonly id: string;
      };
    };
    readonly requestBody: {
      readonly content: {
        readonly 'application/json': GitProviderDraftValues;
      };
    };
    readonly responses: {
      /** The draft, without its secrets */
      readonly 200: {
        content: {
          readonly 'application/json': GitProviderDraft;
        };
      };
    };
  };
  readonly abandonGitProviderDraft: {
    readonly parameters: {
      readonly path: {
        readonly id: string;
      };
    };
    readonly responses: {
      /** It is gone */
      readonly 204: {};
    };
  };
  readonly getGitProviderDraftOAuthHelp: {
    readonly parameters: {
      readonly path: {
        readonly id: string;
      };
    };
    readonly responses: {
      /** What to enter there */
      readonly 200: {
        content: {
          readonly 'application/json': OAuthHelp;
        };
      };
    };
  };
  readonly getGitProviderDraftTokenHelp: {
    readonly parameters: {
      readonly path: {
        readonly id: string;
      };
    };
    readonly responses: {
      /** The kinds of token that it takes */
      readonly 200: {
        content: {
          readonly 'application/json': TokenHelp;
        };
      };
    };
  };
  readonly testGitProviderDraft: {
    readonly parameters: {
      readonly path: {
        readonly id: string;
      };
    };
    readonly responses: {
      /** The steps to come, each step, and the summary, one JSON object a line */
      readonly 200: {
        content: {
          readonly 'application/x-ndjson':
            | GitProviderTestLine
            | {
                readonly problem: Problem;
              };
        };
      };
    };
  };
  readonly startGitProviderDraftSignIn: {
    readonly parameters: {
      readonly path: {
        readonly id: string;
      };
    };
    readonly requestBody: {
      readonly content: {
        readonly 'application/json': NewSignIn;
      };
    };
    readonly responses: {
      /** It waits for me at the forge, for ten minutes */
      readonly 201: {
        content: {
          readonly 'application/json': StartedSignIn;
        };
      };
    };
  };
  readonly putGitProviderDraftToken: {
    readonly parameters: {
      readonly path: {
        readonly id: string;
      };
    };
    readonly requestBody: {
      readonly content: {
        readonly 'application/json': TokenInput;
      };
    };
    readonly responses: {
      /** The draft, without its secrets */
      readonly 200: {
        content: {
          readonly 'application/json': GitProviderDraft;
        };
      };
    };
  };
  readonly listGitProviderDraftOrganizations: {
    readonly parameters: {
      readonly path: {
        readonly id: string;
      };
    };
    readonly responses: {
      /** All of them, by path */
      readonly 200: {
        content: {
          readonly 'application/json': OrganizationList;
        };
      };
    };
  };
  readonly saveGitProviderDraft: {
    readonly parameters: {
      readonly header?:
        | {
            /** The version that is to be changed, in place of the one that the draft began with: `"3"` */
            readonly 'If-Match'?: string | undefined;
          }
        | undefined;
      readonly path: {
        readonly id: string;
      };
    };
    readonly requestBody: {
      readonly content: {
        readonly 'application/json': GitProviderDraftSaving;
      };
    };
    readonly responses: {
      /** It is saved, and the draft is gone */
      readonly 200: {
        content: {
          readonly 'application/json': SavedGitProviderDraft;
        };
      };
    };
  };
  readonly getConnection: {
    readonly parameters: {
      readonly path: {
        readonly id: string;
      };
    };
    readonly responses: {
      /** The connection */
      readonly 200: {
        content: {
          readonly 'application/json': Connection;
        };
      };
    };
  };
  readonly signInWithToken: {
    readonly parameters: {
      readonly path: {
        readonly id: string;
      };
    };
    readonly requestBody: {
      readonly content: {
        readonly 'application/json': TokenInput;
      };
    };
    readonly responses: {
      /** The connection, and the sync it started */
      readonly 200: {
        content: {
          readonly 'application/json': NewConnection;
        };
      };
    };
  };
  readonly signOut: {
    readonly parameters: {
      readonly query?:
        | {
            /** Ends the authorization on the forge as well, where it can */
            readonly revoke?: ('true' | 'false') | undefined;
          }
        | undefined;
      readonly path: {
        readonly id: string;
      };
    };
    readonly responses: {
      /** Signed out here, whatever the forge said */
      readonly 200: {
        content: {
          readonly 'application/json': SignedOut;
        };
      };
    };
  };
  readonly startSignIn: {
    readonly parameters: {
      readonly path: {
        readonly id: string;
      };
    };
    readonly requestBody: {
      readonly content: {
        readonly 'application/json': NewSignIn;
      };
    };
    readonly responses: {
      /** It waits for me at the forge, for ten minutes */
      readonly 201: {
        content: {
          readonly 'application/json': StartedSignIn;
        };
      };
    };
  };
  readonly getSignIn: {
    readonly parameters: {
      readonly path: {
        readonly id: string;
      };
    };
    readonly responses: {
      /** The sign-in */
      readonly 200: {
        content: {
          readonly 'application/json': SignIn;
        };
      };
    };
  };
  readonly cancelSignIn: {
    readonly parameters: {
      readonly path: {
        readonly id: string;
      };
    };
    readonly responses: {
      /** It has ended, if it had not already */
      readonly 200: {
        content: {
          readonly 'application/json': SignIn;
        };
      };
    };
  };
  readonly confirmSignIn: {
    readonly parameters: {
      readonly path: {
        readonly id: string;
      };
    };
    readonly requestBody: {
      readonly content: {
        readonly 'application/json': SignInConfirmation;
      };
    };
    readonly responses: {
      /** It has succeeded */
      readonly 200: {
        content: {
          readonly 'application/json': SignIn;
        };
      };
    };
  };
  readonly listSyncs: {
    readonly responses: {
      /** Newest first */
      readonly 200: {
        content: {
          readonly 'application/json': SyncList;
        };
      };
    };
  };
  readonly startSync: {
    readonly responses: {
      /** It runs */
      readonly 202: {
        content: {
          readonly 'application/json': Sync;
        };
      };
    };
  };
  readonly getSync: {
    readonly parameters: {
      readonly query?:
        | {
            readonly after?: string | undefined;
          }
        | undefined;
      readonly path: {
        readonly id: string;
      };
    };
    readonly responses: {
      /** The sync */
      readonly 200: {
        content: {
          readonly 'application/json': Sync;
        };
      };
    };
  };
  readonly cancelSync: {
    readonly parameters: {
      readonly path: {
        readonly id: string;
      };
    };
    readonly responses: {
      /** The sync, of which nothing is open any more; as it was, if it had ended */
      readonly 200: {
        content: {
          readonly 'application/json': Sync;
        };
      };
    };
  };
  readonly watchSync: {
    readonly parameters: {
      readonly query?:
        | {
            readonly after?: string | undefined;
          }
        | undefined;
      readonly header?:
        | {
            /** A revision that was seen, from whichever server; goes before `after` */
            readonly 'Last-Event-ID'?: string | undefined;
          }
        | undefined;
      readonly path: {
        readonly id: string;
      };
    };
    readonly responses: {
      /** An event `sync` with the sync as it is, unless that is the revision that was seen, and one after each change, at most four a second; the last tells its end, and ends the stream. The `id` of each is the revision. */
      readonly 200: {
        content: {
          readonly 'text/event-stream': Sync | Problem;
        };
      };
      /** It has ended, and its last revision was seen: `EventSource` asks no more */
      readonly 204: {};
    };
  };
  readonly listRepositories: {
    readonly parameters: {
      readonly query?:
        | {
            /** A part of the path, whatever its case */
            readonly search?: string | undefined;
            readonly gitProviderId?: string | undefined;
            /** The path of an organization, with all that is below it */
            readonly organization?: string | undefined;
            /** At least this one; `unknown`: only those whose permission is not known */
            readonly level?:
              ('none' | 'read' | 'triage' | 'write' | 'maintain' | 'admin' | 'unknown') | undefined;
            readonly visibility?: ('public' | 'internal' | 'private') | undefined;
            readonly archived?: ('true' | 'false') | undefined;
            readonly sort?: ('path' | 'name' | 'updatedAt' | 'level') | undefined;
            /** What is not known comes last either way */
            readonly direction?: ('asc' | 'desc') | undefined;
            /** 1 to 200 */
            readonly limit?: number | undefined;
            /** The nextCursor of the page before, in the same order */
            readonly cursor?: string | undefined;
          }
        | undefined;
    };
    readonly responses: {
      /** One page; what is alike in the order asked for is in that of paths */
      readonly 200: {
        content: {
          readonly 'application/json': RepositoryList;
        };
      };
    };
  };
  readonly getRepository: {
    readonly parameters: {
      readonly path: {
        readonly id: string;
      };
    };
    readonly responses: {
      /** The repository */
      readonly 200: {
        content: {
          readonly 'application/json': Repository;
        };
      };
    };
  };
  readonly listRepositoryPermissions: {
    readonly parameters: {
      readonly path: {
        readonly id: string;
      };
    };
    readonly responses: {
      /** All of them, in the forge’s order */
      readonly 200: {
        content: {
          readonly 'application/json': RepositoryPermissions;
        };
      };
    };
  };
  readonly explainRepository: {
    readonly parameters: {
      readonly query: {
        /** The id of a git provider, or its name */
        readonly provider: string;
        /** Of a repository: `acme/platform/api` */
        readonly path: string;
      };
    };
    readonly responses: {
      /** From my own connection, and what the forge says to my own credential */
      readonly 200: {
        content: {
          readonly 'application/json': Explanation;
        };
      };
    };
  };
  readonly issueGitCredential: {
    readonly requestBody: {
      readonly content: {
        readonly 'application/json': GitCredentialRequest;
      };
    };
    readonly responses: {
      /** The one answer of this server that carries a credential of a forge */
      readonly 200: {
        content: {
          readonly 'application/json': GitCredential;
        };
      };
    };
  };
  readonly listAuditEvents: {
    readonly parameters: {
      readonly query?:
        | {
            readonly limit?: number | undefined;
            readonly cursor?: string | undefined;
          }
        | undefined;
    };
    readonly responses: {
      /** One page, newest first */
      readonly 200: {
        content: {
          readonly 'application/json': AuditEventList;
        };
      };
    };
  };
  readonly describeApi: {
    readonly responses: {
      /** An OpenAPI document */
      readonly 200: {
        content: {
          readonly 'application/json': {
            readonly [key: string]: unknown;
          };
        };
      };
    };
  };
}
