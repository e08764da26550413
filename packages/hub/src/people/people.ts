import type { AuditTrail } from '../audit/audit-trail.js';
import type { ConnectionRemover } from '../connections/connection-remover.js';
import { HubError } from '../errors.js';
import type { Resources } from '../resources.js';
import type { PersonRow, Role } from '../store/rows/people.js';
import { holdAdministrators, keepAnAdministrator } from './administrators.js';
import type { Caller } from './caller.js';
import { holdCaller } from './hold-caller.js';
import type { PasswordLink, PasswordLinks } from './password-links.js';
import { PasswordReset } from './password-reset.js';
import type { PersonView } from './person-view.js';
import { findPerson, insertPerson, lockPerson, toPersonView } from './person-view.js';
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
  readonly links: PasswordLinks;
  readonly remover: ConnectionRemover;
}

export class People implements PeopleService {
  readonly #parts: PeopleParts;
  readonly #reset: PasswordReset;

  constructor(parts: PeopleParts) {
    this.#parts = parts;
    this.#reset = new PasswordReset(parts);
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
    return resources.store.database.transaction().execute(async (transaction) => {
      await holdCaller(transaction, caller, 'administrate');
      await insertPerson(transaction, row);
      const { id, role } = row;
      const details = { username: row.username, role };
      await audit.record(transaction, { caller, action: 'person.created', subjectId: id, details });
      return { person: toPersonView(row), link: await links.issue(transaction, id, 'invitation') };
    });
  }

  changeRole(caller: Caller, id: string, role: Role): Promise<PersonView> {
    const { resources, audit } = this.#parts;
    return resources.store.database.transaction().execute(async (transaction) => {
      const administrators = await holdAdministrators(transaction, caller);
      if (role !== 'administrator') keepAnAdministrator(administrators, id);
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
    const { resources, remover } = this.#parts;
    const done = await resources.store.database.transaction().execute(async (transaction) => {
      keepAnAdministrator(await holdAdministrators(transaction, caller), id);
      const person = await lockPerson(transaction, id);
      const { ended, link } = await this.#reset.within(transaction, caller, person);
      return { ended, invited: { person: toPersonView({ ...person, password_hash: null }), link } };
    });
    await remover.carryOut(done.ended);
    return done.invited;
  }

  async delete(caller: Caller, id: string): Promise<void> {
    const { resources, audit, remover } = this.#parts;
    const ended = await resources.store.database.transaction().execute(async (transaction) => {
      keepAnAdministrator(await holdAdministrators(transaction, caller), id);
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
