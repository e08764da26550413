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
import { KnownBrowsers } from './known-browsers.js';
import { OwnSessions } from './own-sessions.js';
import type { PasswordHashing } from './password-hasher.js';
import { defaultPasswordHashing, PasswordHasher } from './password-hasher.js';
import { PasswordLinks } from './password-links.js';
import type { PeopleService } from './people.js';
import { People } from './people.js';
import type { SessionLifetime, SessionService } from './sessions.js';
import { defaultSessionLifetime, Sessions } from './sessions.js';
import type { FirstAdministrator, SetUpService } from './set-up.js';
import { SetUp } from './set-up.js';
import type { WelcomeService } from './welcome.js';
import { Welcome } from './welcome.js';

/** What the operator decides about people's accounts. */
export interface PeopleOptions {
  /** Whom to make administrator when there is none yet; without it the first visit does. */
  readonly administrator?: FirstAdministrator | undefined;
  /** Whether the first visit takes the code that the server prints: wherever others than this machine's user get to it. */
  readonly setUpCodeRequired?: boolean | undefined;
  readonly sessions?: SessionLifetime | undefined;
  readonly passwordHashing?: Partial<PasswordHashing> | undefined;
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
}

export interface OpenPeopleParts {
  readonly resources: Resources;
  readonly publicUrl: string;
  readonly audit: AuditTrail;
  readonly limits: AttemptLimits;
  readonly remover: ConnectionRemover;
}

/** @throws HubError `invalid_input` when the administrator whom the operator names can be none. */
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
  };
}
