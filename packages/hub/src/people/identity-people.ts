import type { AuditTrail } from '../audit/audit-trail.js';
import { HubError } from '../errors.js';
import type { Resources } from '../resources.js';
import { isUniqueViolation } from '../store/database-error.js';
import type { PersonRow } from '../store/rows/people.js';
import type { Queries } from '../store/store.js';
import type { Authentication, SignedInPerson } from './authentication.js';
import { freeUsername } from './identity-username.js';
import type { Browser } from './sessions.js';
import { refuseUntilSetUp } from './set-up.js';
import { displayNameIssues, readDisplayName } from './username.js';

/** Somebody as an identity provider vouches for them. */
export interface ProvenIdentity {
  readonly issuer: string;
  readonly subject: string;
  /** What they may be called here, the best first. They prove nothing. */
  readonly usernames: readonly (string | undefined)[];
  readonly displayName?: string | undefined;
}

export interface IdentityPeopleParts {
  readonly resources: Resources;
  readonly audit: AuditTrail;
  readonly authentication: Authentication;
  /** Whether whoever comes for the first time gets an account. */
  readonly createPeople: boolean;
}

/** Two browsers of one newcomer, or two newcomers of one name, may come at once: one of them has to look again. */
const attempts = 5;

/** The people whom an identity provider knows. They are who issuer and subject say: no name, no e-mail address tells. */
export class IdentityPeople {
  readonly #parts: IdentityPeopleParts;

  constructor(parts: IdentityPeopleParts) {
    this.#parts = parts;
  }

  async knows(identity: Pick<ProvenIdentity, 'issuer' | 'subject'>): Promise<boolean> {
    const person = await byIdentity(this.#parts.resources.store.database, identity).executeTakeFirst();
    return person !== undefined;
  }

  /** @throws HubError `not_allowed` when they have no account and get none. */
  async signIn(identity: ProvenIdentity, browser: Browser): Promise<SignedInPerson> {
    const { resources, authentication } = this.#parts;
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await resources.store.database.transaction().execute(async (transaction) => {
          const person =
            (await byIdentity(transaction, identity).forUpdate().executeTakeFirst()) ??
            (await this.#create(transaction, identity));
          return authentication.admit(transaction, person, browser, 'single sign-on');
        });
      } catch (error) {
        if (!isUniqueViolation(error) || attempt === attempts) throw error;
      }
    }
  }

  async #create(transaction: Queries, identity: ProvenIdentity): Promise<PersonRow> {
    const { resources, audit, createPeople } = this.#parts;
    if (!createPeople) {
      throw new HubError('not_allowed', 'You have no account on this server. Ask its administrators.');
    }
    await refuseUntilSetUp(transaction);
    const { username, key } = await freeUsername(transaction, identity.usernames);
    const displayName = readDisplayName(identity.displayName ?? null);
    const now = resources.clock.now().getTime();
    const person: PersonRow = {
      id: resources.newId(),
      username,
      username_key: key,
      display_name: displayNameIssues(displayName).length === 0 ? displayName : null,
      role: 'member',
      password_hash: null,
      issuer: identity.issuer,
      subject: identity.subject,
      created_at: now,
      updated_at: now,
      last_signed_in_at: null,
    };
    await transaction.insertInto('people').values(person).execute();
    await audit.record(transaction, {
      caller: 'server',
      action: 'person.joined',
      subjectId: person.id,
      details: { username, how: 'single sign-on' },
    });
    return person;
  }
}

function byIdentity(queries: Queries, { issuer, subject }: Pick<ProvenIdentity, 'issuer' | 'subject'>) {
  return queries.selectFrom('people').selectAll().where('issuer', '=', issuer).where('subject', '=', subject);
}
