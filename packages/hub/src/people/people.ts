import type { AuditTrail } from '../audit/audit-trail.js';
import type { ConnectionRemover } from '../connections/connection-remover.js';
import { HubError } from '../errors.js';
import type { Resources } from '../resources.js';
import { isUniqueViolation } from '../store/database-error.js';
import type { PersonRow, Role } from '../store/rows/people.js';
import { keepAnAdministrator } from './administrators.js';
import type { ApiTokens } from './api-tokens.js';
import type { Caller } from './caller.js';
import type { PasswordLink, PasswordLinks } from './password-links.js';
import type { PersonView } from './person-view.js';
import { findPerson, lockPerson, toPersonView } from './person-view.js';
import type { Sessions } from './sessions.js';
import { displayNameIssues, readDisplayName, readUsername, usernameIssues } from './username.js';

export interface NewPerson {
  /** 1 to 64 letters, digits and . _ @ + -; unique, whatever its case. */
  readonly username: string;
  readonly displayName?: string | null | undefined;
  /** `member` unless told otherwise. */
  readonly role?: Role | undefined;
}

/** A person, and the link to hand to them. It is shown this once. */
export interface InvitedPerson {
  readonly person: PersonView;
  readonly link: PasswordLink;
}

/** What administrators do with people. */
export interface PeopleService {
  /** All of them by username. */
  list(): Promise<readonly PersonView[]>;
  /** @throws HubError `not_found`. */
  get(id: string): Promise<PersonView>;
  /**
   * Makes an account whose owner chooses the password, with a link that is good for 72 hours.
   *
   * @throws HubError `invalid_input` · `duplicate_name`.
   */
  invite(caller: Caller, input: NewPerson): Promise<InvitedPerson>;
  /** @throws HubError `not_found` · `last_administrator`. */
  changeRole(caller: Caller, id: string, role: Role): Promise<PersonView>;
  /**
   * Takes a person's password away and gives a link, good for 24 hours, with which to choose another. It ends their
   * sessions, API tokens, connections and drafts: it is no way to what they have at the forges. For somebody who has
   * never had a password it is another invitation.
   *
   * @throws HubError `not_found` · `last_administrator` · `not_allowed` for oneself and for whoever signs in elsewhere.
   */
  resetPassword(caller: Caller, id: string): Promise<InvitedPerson>;
  /**
   * Removes a person with everything that is theirs.
   *
   * @throws HubError `not_found` · `last_administrator`.
   */
  delete(caller: Caller, id: string): Promise<void>;
}

export interface PeopleParts {
  readonly resources: Resources;
  readonly audit: AuditTrail;
  readonly sessions: Sessions;
  readonly apiTokens: ApiTokens;
  readonly links: PasswordLinks;
  readonly remover: ConnectionRemover;
}

export class People implements PeopleService {
  readonly #parts: PeopleParts;

  constructor(parts: PeopleParts) {
    this.#parts = parts;
  }

  async list(): Promise<readonly PersonView[]> {
    const { database } = this.#parts.resources.store;
    const rows = await database.selectFrom('people').selectAll().orderBy('username_key').execute();
    return rows.map(toPersonView);
  }

  async get(id: string): Promise<PersonView> {
    return toPersonView(await findPerson(this.#parts.resources.store.database, id));
  }

  async invite(caller: Caller, input: NewPerson): Promise<InvitedPerson> {
    const { resources, audit, links } = this.#parts;
    const username = readUsername(input.username);
    const displayName = readDisplayName(input.displayName ?? null);
    const issues = [...usernameIssues(username), ...displayNameIssues(displayName)];
    if (issues.length > 0) throw HubError.invalidInput(issues);
    const now = resources.clock.now().getTime();
    const row: PersonRow = {
      id: resources.newId(),
      username: username.username,
      username_key: username.key,
      display_name: displayName,
      role: input.role ?? 'member',
      password_hash: null,
      issuer: null,
      subject: null,
      created_at: now,
      updated_at: now,
      last_signed_in_at: null,
    };
    try {
      const link = await resources.store.database.transaction().execute(async (transaction) => {
        await transaction.insertInto('people').values(row).execute();
        const { id, role } = row;
        const details = { username: row.username, role };
        await audit.record(transaction, { caller, action: 'person.created', subjectId: id, details });
        return links.issue(transaction, id, 'invitation');
      });
      return { person: toPersonView(row), link };
    } catch (error) {
      if (!isUniqueViolation(error)) throw error;
      throw new HubError(
        'duplicate_name',
        `There is somebody named ${JSON.stringify(row.username)} already. Choose another username.`,
      );
    }
  }

  changeRole(caller: Caller, id: string, role: Role): Promise<PersonView> {
    const { resources, audit } = this.#parts;
    return resources.store.database.transaction().execute(async (transaction) => {
      if (role !== 'administrator') await keepAnAdministrator(transaction, id);
      const person = await lockPerson(transaction, id);
      if (person.role === role) return toPersonView(person);
      await transaction
        .updateTable('people')
        .set({ role, updated_at: resources.clock.now().getTime() })
        .where('id', '=', id)
        .execute();
      const details = { username: person.username, role };
      await audit.record(transaction, { caller, action: 'person.role_changed', subjectId: id, details });
      return toPersonView({ ...person, role });
    });
  }

  async resetPassword(caller: Caller, id: string): Promise<InvitedPerson> {
    if (id === caller.personId) {
      throw new HubError('not_allowed', 'Change your own password with your account, not here.');
    }
    const { resources, audit, sessions, apiTokens, links, remover } = this.#parts;
    const done = await resources.store.database.transaction().execute(async (transaction) => {
      await keepAnAdministrator(transaction, id);
      const person = await lockPerson(transaction, id);
      if (person.subject !== null) {
        throw new HubError(
          'not_allowed',
          'This person signs in elsewhere and has no password here. Delete them to keep them out.',
        );
      }
      const ended = await remover.remove(transaction, { personId: id });
      await transaction.deleteFrom('git_provider_drafts').where('person_id', '=', id).execute();
      const endedSessions = await sessions.endAll(transaction, id);
      await apiTokens.deleteAll(transaction, id);
      await transaction
        .updateTable('people')
        .set({ password_hash: null, updated_at: resources.clock.now().getTime() })
        .where('id', '=', id)
        .execute();
      const isNew = person.last_signed_in_at === null && person.password_hash === null;
      const link = await links.issue(transaction, id, isNew ? 'invitation' : 'reset');
      const { username } = person;
      const { length: connections } = ended.connections;
      await audit.record(transaction, {
        caller,
        subjectId: id,
        ...(isNew
          ? { action: 'person.invited', details: { username } }
          : {
              action: 'person.password_reset',
              details: { username, connections, sessions: endedSessions },
            }),
      });
      return { ended, invited: { person: toPersonView({ ...person, password_hash: null }), link } };
    });
    await remover.carryOut(done.ended);
    return done.invited;
  }

  async delete(caller: Caller, id: string): Promise<void> {
    const { resources, audit, remover } = this.#parts;
    const ended = await resources.store.database.transaction().execute(async (transaction) => {
      await keepAnAdministrator(transaction, id);
      const person = await lockPerson(transaction, id);
      const removed = await remover.remove(transaction, { personId: id });
      for (const table of ['git_provider_drafts', 'sign_ins', 'syncs'] as const) {
        await transaction.deleteFrom(table).where('person_id', '=', id).execute();
      }
      // Sessions, API tokens and links go with it.
      await transaction.deleteFrom('people').where('id', '=', id).execute();
      const details = { username: person.username, connections: removed.connections.length };
      await audit.record(transaction, { caller, action: 'person.deleted', subjectId: id, details });
      return removed;
    });
    await remover.carryOut(ended);
  }
}
