import type { AuditTrail } from '../audit/audit-trail.js';
import { HubError } from '../errors.js';
import type { Resources } from '../resources.js';
import type { PasswordLinkPurpose } from '../store/rows/people.js';
import type { AttemptLimits } from './attempt-limits.js';
import { networkOf } from './attempt-limits.js';
import type { Authentication, SignedInPerson } from './authentication.js';
import type { PasswordHasher } from './password-hasher.js';
import type { PasswordLinks } from './password-links.js';
import { passwordIssues } from './password-rules.js';
import { findPerson, lockPerson } from './person-view.js';
import type { Browser } from './sessions.js';
import { readUsername } from './username.js';

/** What a link is good for, and for whom. */
export interface PasswordLinkView {
  readonly purpose: PasswordLinkPurpose;
  readonly username: string;
  readonly expiresAt: Date;
}

/** Whoever comes with a link that an administrator has handed to them. */
export interface WelcomeService {
  /** Looks at a link without using it up. @throws HubError `link_expired` · `too_many_attempts`. */
  inspect(token: string, browser: Browser): Promise<PasswordLinkView>;
  /**
   * Keeps the password that was chosen, and signs in. The link is used up. Whoever has one has no password and no
   * session.
   *
   * @throws HubError `link_expired` · `invalid_input` · `too_many_attempts` · `busy`.
   */
  choosePassword(
    input: { readonly token: string; readonly password: string },
    browser: Browser,
  ): Promise<SignedInPerson>;
}

export interface WelcomeParts {
  readonly resources: Resources;
  readonly audit: AuditTrail;
  readonly hasher: PasswordHasher;
  readonly limits: AttemptLimits;
  readonly links: PasswordLinks;
  readonly authentication: Authentication;
}

export class Welcome implements WelcomeService {
  readonly #parts: WelcomeParts;

  constructor(parts: WelcomeParts) {
    this.#parts = parts;
  }

  async inspect(token: string, browser: Browser): Promise<PasswordLinkView> {
    const { resources, links } = this.#parts;
    const { database } = resources.store;
    await this.#count(browser);
    const link = await links.find(database, token);
    const { username } = await findPerson(database, link.person_id);
    return { purpose: link.purpose, username, expiresAt: new Date(link.expires_at) };
  }

  async choosePassword(
    { token, password }: { readonly token: string; readonly password: string },
    browser: Browser,
  ): Promise<SignedInPerson> {
    const { resources, audit, hasher, links, authentication } = this.#parts;
    const { database } = resources.store;
    await this.#count(browser);
    const link = await links.find(database, token);
    const { username } = await findPerson(database, link.person_id);
    const issues = passwordIssues(password, readUsername(username));
    if (issues.length > 0) throw HubError.invalidInput(issues);
    const passwordHash = await hasher.hash(password);
    return database.transaction().execute(async (transaction) => {
      // The person before the link, as whoever takes the person's password away does.
      const person = await lockPerson(transaction, link.person_id);
      await links.take(transaction, link);
      await transaction
        .updateTable('people')
        .set({ password_hash: passwordHash, updated_at: resources.clock.now().getTime() })
        .where('id', '=', person.id)
        .execute();
      const changed = { ...person, password_hash: passwordHash };
      const signedIn = await authentication.admit(transaction, changed, browser, link.purpose);
      const { sessionId } = signedIn.session;
      const caller = { personId: person.id, username, via: { kind: 'session', sessionId } } as const;
      await audit.record(
        transaction,
        link.purpose === 'invitation'
          ? { caller, action: 'person.joined', details: { username, how: 'invitation' } }
          : { caller, action: 'password.changed', details: { how: 'reset' } },
      );
      return signedIn;
    });
  }

  /** The links can't be guessed; this keeps who tries from costing the server work. */
  async #count({ address }: Browser): Promise<void> {
    if (address === undefined) return;
    await this.#parts.limits.count([{ kind: 'password-link:address', of: networkOf(address) }]);
  }
}
