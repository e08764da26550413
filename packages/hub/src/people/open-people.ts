import type { AuditTrail } from '../audit/audit-trail.js';
import type { ConnectionRemover } from '../connections/connection-remover.js';
import type { Resources } from '../resources.js';
import type { AccountService } from './account.js';
import { Account } from './account.js';
import type { ApiTokenService } from './api-tokens.js';
import { ApiTokens } from './api-tokens.js';
import type { AttemptLimits } from './attempt-limits.js';
import type { AuthenticationService } from './authentication.js';
import { Authentication } from './authentication.js';
import { IdentityPeople } from './identity-people.js';
import { IdentityProvider } from './identity-provider.js';
import { KnownBrowsers } from './known-browsers.js';
import type { OpenIdConnectService } from './open-id-connect.js';
import { OpenIdConnect } from './open-id-connect.js';
import { OwnSessions } from './own-sessions.js';
import type { PasswordHashing } from './password-hasher.js';
import { defaultPasswordHashing, PasswordHasher } from './password-hasher.js';
import { PasswordLinks } from './password-links.js';
import type { PeopleService } from './people.js';
import { People } from './people.js';
import { PreSessions } from './pre-sessions.js';
import type { SessionLifetime, SessionService } from './sessions.js';
import { defaultSessionLifetime, Sessions } from './sessions.js';
import type { FirstAdministrator, SetUpService } from './set-up.js';
import { SetUp } from './set-up.js';
import type { WelcomeService } from './welcome.js';
import { Welcome } from './welcome.js';

/** Who vouches for people, and as which client this server asks. */
export interface OpenIdConnectOptions {
  /** `https://login.example.com/realm`; its addresses are found from there. */
  readonly issuer: string;
  readonly clientId: string;
  /** Absent: a public client. */
  readonly clientSecret?: string | undefined;
  /** What the button says; the issuer's host unless told otherwise. */
  readonly displayName?: string | undefined;
  /** With spaces between; `openid profile` unless told otherwise. */
  readonly scopes?: string | undefined;
  /** Whether whoever comes for the first time becomes a member. They do unless told otherwise. */
  readonly createPeople?: boolean | undefined;
  readonly fetch: typeof globalThis.fetch;
}

/** What the operator decides about people's accounts. */
export interface PeopleOptions {
  /** Whom to make administrator when there is none yet; without it the first visit does. */
  readonly administrator?: FirstAdministrator | undefined;
  /** Whether the first visit takes the code that the server prints: wherever others than this machine's user get to it. */
  readonly setUpCodeRequired?: boolean | undefined;
  readonly sessions?: SessionLifetime | undefined;
  readonly passwordHashing?: Partial<PasswordHashing> | undefined;
  /** Absent: people sign in with passwords only. */
  readonly openIdConnect?: OpenIdConnectOptions | undefined;
}

/** Everything about people and what they authenticate with. */
export interface PeopleServices {
  readonly setUp: SetUpService;
  readonly authentication: AuthenticationService;
  readonly sessions: SessionService;
  readonly account: AccountService;
  readonly apiTokens: ApiTokenService;
  readonly people: PeopleService;
  readonly welcome: WelcomeService;
  /** Undefined where people sign in with passwords only. */
  readonly openIdConnect: OpenIdConnectService | undefined;
}

export interface OpenPeopleParts {
  readonly resources: Resources;
  readonly publicUrl: string;
  readonly audit: AuditTrail;
  readonly limits: AttemptLimits;
  readonly remover: ConnectionRemover;
}

/** @throws HubError `invalid_input` · `duplicate_name` when the administrator whom the operator names can be none. */
export async function openPeople(parts: OpenPeopleParts, options: PeopleOptions): Promise<PeopleServices> {
  const { resources, audit, remover, publicUrl, limits } = parts;
  const hasher = new PasswordHasher(
    { ...defaultPasswordHashing, ...options.passwordHashing },
    resources.clock,
  );
  const sessions = new Sessions(resources, options.sessions ?? defaultSessionLifetime);
  const apiTokens = new ApiTokens(resources, audit);
  const links = new PasswordLinks(resources, publicUrl);
  const knownBrowsers = new KnownBrowsers(resources.vault);
  const shared = { resources, audit, hasher, limits, sessions, apiTokens, links, remover, knownBrowsers };
  const authentication = new Authentication(shared);
  const codeRequired = options.setUpCodeRequired ?? false;
  const setUp = new SetUp({ ...shared, authentication, codeRequired });
  await setUp.prepare(options.administrator);
  return {
    setUp,
    authentication,
    sessions: new OwnSessions(shared),
    account: new Account(shared),
    apiTokens,
    people: new People(shared),
    welcome: new Welcome({ ...shared, authentication }),
    openIdConnect:
      options.openIdConnect &&
      openOpenIdConnect({ ...shared, publicUrl, authentication }, options.openIdConnect),
  };
}

function openOpenIdConnect(
  parts: Pick<OpenPeopleParts, 'resources' | 'audit' | 'publicUrl' | 'limits'> & {
    readonly authentication: Authentication;
  },
  options: OpenIdConnectOptions,
): OpenIdConnect {
  const { resources, audit, publicUrl, limits, authentication } = parts;
  return new OpenIdConnect({
    resources,
    publicUrl,
    limits,
    displayName: options.displayName ?? new URL(options.issuer).host,
    scopes: options.scopes ?? 'openid profile',
    provider: new IdentityProvider(options),
    preSessions: new PreSessions(resources),
    people: new IdentityPeople({
      resources,
      audit,
      authentication,
      createPeople: options.createPeople ?? true,
    }),
  });
}
