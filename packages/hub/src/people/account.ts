import type { AuditTrail } from '../audit/audit-trail.js';
import { HubError } from '../errors.js';
import type { Resources } from '../resources.js';
import type { AttemptLimits } from './attempt-limits.js';
import type { Caller } from './caller.js';
import { authorize } from './caller.js';
import { holdCaller } from './hold-caller.js';
import type { PasswordHasher } from './password-hasher.js';
import { passwordIssues } from './password-rules.js';
import type { PersonView } from './person-view.js';
import { findPerson, toPersonView } from './person-view.js';
import type { NewSession, Sessions } from './sessions.js';
import { displayNameIssues, readDisplayName, readUsername } from './username.js';

export interface PasswordChange {
  readonly currentPassword: string;
  readonly newPassword: string;
}

/** What people do with their own accounts. */
export interface AccountService {
  get(personId: string): Promise<PersonView>;
  /**
   * @param changes displayName: null takes it away
   * @throws HubError `invalid_input`.
   */
  update(caller: Caller, changes: { readonly displayName?: string | null | undefined }): Promise<PersonView>;
  /**
   * Changes the password, ends all other sessions, and gives this one another token.
   *
   * @throws HubError `invalid_input` when the current password is wrong or the new one is none · `too_many_attempts` ·
   * `busy` · `not_allowed` for an API token.
   */
  changePassword(caller: Caller, input: PasswordChange): Promise<NewSession>;
}

export interface AccountParts {
  readonly resources: Resources;
  readonly audit: AuditTrail;
  readonly hasher: PasswordHasher;
  readonly limits: AttemptLimits;
  readonly sessions: Sessions;
}

export class Account implements AccountService {
  readonly #parts: AccountParts;

  constructor(parts: AccountParts) {
    this.#parts = parts;
  }

  async get(personId: string): Promise<PersonView> {
    return toPersonView(await findPerson(this.#parts.resources.store.database, personId));
  }

  async update(
    caller: Caller,
    changes: { readonly displayName?: string | null | undefined },
  ): Promise<PersonView> {
    const { resources, audit } = this.#parts;
    if (changes.displayName === undefined) return this.get(caller.personId);
    const displayName = readDisplayName(changes.displayName);
    const issues = displayNameIssues(displayName);
    if (issues.length > 0) throw HubError.invalidInput(issues);
    return resources.store.database.transaction().execute(async (transaction) => {
      // Before whoever asks is held: two who share the row could not both change it.
      await transaction
        .updateTable('people')
        .set({ display_name: displayName, updated_at: resources.clock.now().getTime() })
        .where('id', '=', caller.personId)
        .execute();
      await holdCaller(transaction, caller);
      const person = await findPerson(transaction, caller.personId);
      await audit.record(transaction, {
        caller,
        action: 'person.updated',
        details: { username: person.username, changed: ['displayName'] },
      });
      return toPersonView(person);
    });
  }

  async changePassword(caller: Caller, input: PasswordChange): Promise<NewSession> {
    authorize(caller, 'session');
    const { via, personId } = caller;
    if (via.kind !== 'session') throw new HubError('not_allowed', 'Sign in with a browser.');
    const { resources, audit, hasher, limits, sessions } = this.#parts;
    const { database } = resources.store;
    const person = await findPerson(database, personId);
    const issues = passwordIssues(input.newPassword, readUsername(person.username), 'newPassword');
    if (issues.length > 0) throw HubError.invalidInput(issues);
    const attempt = { kind: 'password-change:account', of: personId } as const;
    await limits.count([attempt]);
    if (!(await hasher.verify(person.password_hash, input.currentPassword))) throw notYourPassword();
    const passwordHash = await hasher.hash(input.newPassword);
    const session = await database.transaction().execute(async (transaction) => {
      const { numUpdatedRows } = await transaction
        .updateTable('people')
        .set({ password_hash: passwordHash, updated_at: resources.clock.now().getTime() })
        .where('id', '=', personId)
        .where('password_hash', '=', person.password_hash)
        .executeTakeFirstOrThrow();
      if (numUpdatedRows === 0n) throw notYourPassword();
      await sessions.endAll(transaction, personId, via.sessionId);
      const renewed = await sessions.renew(transaction, via.sessionId);
      await audit.record(transaction, { caller, action: 'password.changed', details: { how: 'by oneself' } });
      return renewed;
    });
    await limits.forget(attempt);
    return session;
  }
}

function notYourPassword(): HubError {
  return HubError.invalidInput([{ path: 'currentPassword', message: 'This is not your password.' }]);
}
