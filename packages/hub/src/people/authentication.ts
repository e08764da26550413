import type { AuditTrail } from '../audit/audit-trail.js';
import { HubError } from '../errors.js';
import type { Resources } from '../resources.js';
import type { PersonRow } from '../store/rows/people.js';
import type { Queries } from '../store/store.js';
import type { ApiTokens } from './api-tokens.js';
import type { Attempt, AttemptLimits } from './attempt-limits.js';
import { networkOf } from './attempt-limits.js';
import type { Caller } from './caller.js';
import type { KnownBrowsers } from './known-browsers.js';
import type { PasswordHasher } from './password-hasher.js';
import type { PersonView } from './person-view.js';
import { toPersonView } from './person-view.js';
import type { Browser, NewSession, Sessions, SessionUse } from './sessions.js';
import { readUsername } from './username.js';

/** Somebody who has just signed in. */
export interface SignedInPerson {
  readonly person: PersonView;
  readonly session: NewSession;
  /** For the browser to keep, and to give as {@link Browser.recognition} at the next sign-in. */
  readonly recognition: string;
}

export interface PasswordSignIn {
  readonly username: string;
  readonly password: string;
}

/** Who asks. */
export interface AuthenticationService {
  /**
   * Signs a browser in.
   *
   * @throws HubError `wrong_credentials`, which does not tell what of the two is wrong · `too_many_attempts` · `busy`.
   */
  signIn(input: PasswordSignIn, browser: Browser): Promise<SignedInPerson>;
  /** Ends the session that the caller asks through. */
  signOut(caller: Caller): Promise<void>;
  /** Whoever is signed in with what a cookie carries; undefined: nobody, or not any more. */
  bySession(token: string, use?: SessionUse): Promise<Caller | undefined>;
  /** Whose API token this is; undefined: nobody's, or it has expired. */
  byApiToken(token: string): Promise<Caller | undefined>;
}

export interface AuthenticationParts {
  readonly resources: Resources;
  readonly audit: AuditTrail;
  readonly hasher: PasswordHasher;
  readonly limits: AttemptLimits;
  readonly sessions: Sessions;
  readonly apiTokens: Pick<ApiTokens, 'find'>;
  readonly knownBrowsers: KnownBrowsers;
}

export class Authentication implements AuthenticationService {
  readonly #parts: AuthenticationParts;

  constructor(parts: AuthenticationParts) {
    this.#parts = parts;
  }

  async signIn({ username, password }: PasswordSignIn, browser: Browser): Promise<SignedInPerson> {
    const { resources, audit, hasher, limits } = this.#parts;
    const { database } = resources.store;
    const { key } = readUsername(username);
    const person = await database
      .selectFrom('people')
      .selectAll()
      .where('username_key', '=', key)
      .executeTakeFirst();
    const attempts = this.#attempts(key, person, browser);
    // What is shared first: whoever is refused there costs the account nothing.
    await limits.count([...attempts.shared, ...attempts.own]);
    const isRight = await hasher.verify(person?.password_hash ?? null, password);
    if (person === undefined) throw wrongCredentials();
    if (!isRight) {
      await audit.record(database, {
        caller: 'server',
        action: 'session.refused',
        subjectId: person.id,
        details: { reason: 'wrong password' },
      });
      throw wrongCredentials();
    }
    const upgraded = await this.#rehash(person, password);
    const signedIn = await database.transaction().execute(async (transaction) => {
      // Between the comparison and now the password may have been changed, or the person deleted.
      const current = await transaction
        .selectFrom('people')
        .selectAll()
        .where('id', '=', person.id)
        .where('password_hash', '=', person.password_hash)
        .forUpdate()
        .executeTakeFirst();
      if (current === undefined) throw wrongCredentials();
      if (upgraded === undefined) return this.admit(transaction, current, browser, 'password');
      await transaction
        .updateTable('people')
        .set({ password_hash: upgraded })
        .where('id', '=', person.id)
        .execute();
      return this.admit(transaction, { ...current, password_hash: upgraded }, browser, 'password');
    });
    for (const attempt of attempts.own) await limits.forget(attempt);
    for (const attempt of attempts.shared) await limits.takeBack(attempt);
    return signedIn;
  }

  /** Signs in whom somebody has recognized, in the transaction that makes it so. The caller holds the person's row. */
  async admit(
    transaction: Queries,
    person: PersonRow,
    browser: Browser,
    how: string,
  ): Promise<SignedInPerson> {
    const { resources, audit, sessions, knownBrowsers } = this.#parts;
    const now = resources.clock.now().getTime();
    await transaction
      .updateTable('people')
      .set({ last_signed_in_at: now })
      .where('id', '=', person.id)
      .execute();
    const session = await sessions.start(transaction, person.id, browser);
    const { id: personId, username } = person;
    await audit.record(transaction, {
      caller: { personId, username, via: { kind: 'session', sessionId: session.sessionId } },
      action: 'session.started',
      details: { how },
    });
    return {
      person: toPersonView({ ...person, last_signed_in_at: now }),
      session,
      recognition: knownBrowsers.recognitionOf(person),
    };
  }

  async signOut(caller: Caller): Promise<void> {
    const { via, personId } = caller;
    if (via.kind !== 'session') throw new HubError('not_allowed', 'An API token has no session to end.');
    const { resources, audit, sessions } = this.#parts;
    await resources.store.database.transaction().execute(async (transaction) => {
      await sessions.end(transaction, personId, via.sessionId);
      await audit.record(transaction, { caller, action: 'session.ended', details: { sessions: 1 } });
    });
  }

  bySession(token: string, use?: SessionUse): Promise<Caller | undefined> {
    return this.#parts.sessions.find(token, use);
  }

  byApiToken(token: string): Promise<Caller | undefined> {
    return this.#parts.apiTokens.find(token);
  }

  /**
   * What a sign-in counts against. A browser in which this person has signed in before, with this
   * password, counts by itself, so that no
   * guessing elsewhere keeps it out; all others count for the account and for the address.
   */
  #attempts(key: string, person: PersonRow | undefined, { address, recognition }: Browser): CountedAttempts {
    const known =
      person !== undefined && recognition !== undefined
        ? this.#parts.knownBrowsers.recognize(person, recognition)
        : undefined;
    if (known !== undefined) return { own: [{ kind: 'sign-in:browser', of: known }], shared: [] };
    return {
      own: [{ kind: 'sign-in:account', of: key }],
      shared: address === undefined ? [] : [{ kind: 'sign-in:address', of: networkOf(address) }],
    };
  }

  /** With today's parameters, when the hash was made with lesser ones. */
  async #rehash({ password_hash }: PersonRow, password: string): Promise<string | undefined> {
    const { hasher } = this.#parts;
    return password_hash !== null && hasher.isOutdated(password_hash) ? hasher.hash(password) : undefined;
  }
}

interface CountedAttempts {
  /** Forgotten when it succeeds. */
  readonly own: readonly Attempt[];
  /** Of which one is taken back when it succeeds. */
  readonly shared: readonly Attempt[];
}

function wrongCredentials(): HubError {
  return new HubError('wrong_credentials', 'The username or the password is wrong.');
}
