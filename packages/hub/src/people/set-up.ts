import { randomBytes } from 'node:crypto';
import type { AuditTrail } from '../audit/audit-trail.js';
import { HubError } from '../errors.js';
import type { Resources } from '../resources.js';
import type { PersonRow } from '../store/rows/people.js';
import type { Queries } from '../store/store.js';
import type { AttemptLimits } from './attempt-limits.js';
import { networkOf } from './attempt-limits.js';
import type { Authentication, SignedInPerson } from './authentication.js';
import type { PasswordHasher } from './password-hasher.js';
import { passwordIssues } from './password-rules.js';
import { insertPerson } from './person-view.js';
import { hashOf } from './secret-token.js';
import type { Browser } from './sessions.js';
import { displayNameIssues, readDisplayName, readUsername, usernameIssues } from './username.js';

/** The row that is there once somebody has become the first administrator: it can be written only once. */
const setUpKey = 'set_up';
/** Whose everything was before people had accounts. */
const earlierPerson = 'local';
const codeLifetimeMs = 24 * 3_600_000;

export interface FirstAdministrator {
  readonly username: string;
  readonly password: string;
  readonly displayName?: string | null | undefined;
}

export interface SetUpStatus {
  /** There is no administrator yet: the first visit makes one. */
  readonly needed: boolean;
  /** It takes the code that the server has printed. */
  readonly codeRequired: boolean;
}

/** The first visit. */
export interface SetUpService {
  status(): Promise<SetUpStatus>;
  /**
   * Makes the first administrator and signs them in. Of many who ask at once, on whatever server, one succeeds.
   *
   * @throws HubError `already_set_up` · `wrong_set_up_code` · `invalid_input` · `duplicate_name` · `too_many_attempts` ·
   * `busy`.
   */
  complete(
    input: FirstAdministrator & { readonly code?: string | undefined },
    browser: Browser,
  ): Promise<SignedInPerson>;
  /** To be printed where only the operator reads it; absent when none is required, or there is an administrator. */
  readonly code: string | undefined;
}

export interface SetUpParts {
  readonly resources: Resources;
  readonly audit: AuditTrail;
  readonly hasher: PasswordHasher;
  readonly limits: AttemptLimits;
  readonly authentication: Authentication;
  readonly codeRequired: boolean;
}

export class SetUp implements SetUpService {
  readonly #parts: SetUpParts;
  #isDone = false;
  #code: string | undefined;

  constructor(parts: SetUpParts) {
    this.#parts = parts;
  }

  get code(): string | undefined {
    return this.#code;
  }

  /**
   * Before the server is used: makes the administrator whom the operator names, or the code for the first visit.
   * Where there is an administrator already it does neither.
   *
   * @throws HubError `invalid_input` · `duplicate_name` when there can be no such administrator.
   */
  async prepare(administrator: FirstAdministrator | undefined): Promise<void> {
    if (!(await this.#isNeeded())) return;
    if (administrator !== undefined) await this.#createNamed(administrator);
    else if (this.#parts.codeRequired) this.#code = await this.#newCode();
  }

  async status(): Promise<SetUpStatus> {
    const needed = await this.#isNeeded();
    return { needed, codeRequired: needed && this.#parts.codeRequired };
  }

  async complete(
    input: FirstAdministrator & { readonly code?: string | undefined },
    browser: Browser,
  ): Promise<SignedInPerson> {
    const { resources, authentication } = this.#parts;
    if (!(await this.#isNeeded())) throw alreadySetUp();
    await this.#checkCode(input.code, browser);
    const person = await this.#toPerson(input);
    const signedIn = await resources.store.database.transaction().execute(async (transaction) => {
      await this.#create(transaction, person);
      return authentication.admit(transaction, person, browser, 'set-up');
    });
    this.#end();
    return signedIn;
  }

  async #createNamed(administrator: FirstAdministrator): Promise<void> {
    const person = await this.#toPerson(administrator);
    const { database } = this.#parts.resources.store;
    try {
      await database.transaction().execute((transaction) => this.#create(transaction, person));
    } catch (error) {
      // Another server on this database was faster, with the same settings.
      if (!(error instanceof HubError && error.kind === 'already_set_up')) throw error;
    }
  }

  async #isNeeded(): Promise<boolean> {
    if (this.#isDone) return false;
    this.#isDone = await isSetUp(this.#parts.resources.store.database);
    return !this.#isDone;
  }

  async #newCode(): Promise<string> {
    const { store } = this.#parts.resources;
    const now = await store.now();
    const code = randomBytes(16).toString('base64url');
    // Each server of several prints its own, and each is good.
    await store.database.deleteFrom('set_up_codes').where('expires_at', '<=', now).execute();
    await store.database
      .insertInto('set_up_codes')
      .values({ code_hash: hashOf(code), expires_at: now + codeLifetimeMs })
      .execute();
    return code;
  }

  async #checkCode(code: string | undefined, { address }: Browser): Promise<void> {
    const { resources, limits, codeRequired } = this.#parts;
    if (!codeRequired) return;
    if (address !== undefined) await limits.count([{ kind: 'set-up:address', of: networkOf(address) }]);
    const row = await resources.store.database
      .selectFrom('set_up_codes')
      .select('code_hash')
      .where('code_hash', '=', hashOf((code ?? '').trim()))
      .where('expires_at', '>', await resources.store.now())
      .executeTakeFirst();
    if (row !== undefined) return;
    throw new HubError(
      'wrong_set_up_code',
      'Give the set-up code from the log of this server. It is good for a day; a restart prints another.',
    );
  }

  async #toPerson(input: FirstAdministrator): Promise<PersonRow> {
    const { resources, hasher } = this.#parts;
    const username = readUsername(input.username);
    const displayName = readDisplayName(input.displayName ?? null);
    const issues = [
      ...usernameIssues(username),
      ...displayNameIssues(displayName),
      ...passwordIssues(input.password, username),
    ];
    if (issues.length > 0) throw HubError.invalidInput(issues);
    const passwordHash = await hasher.hash(input.password);
    const now = resources.clock.now().getTime();
    return {
      id: resources.newId(),
      username: username.username,
      username_key: username.key,
      display_name: displayName,
      role: 'administrator',
      password_hash: passwordHash,
      issuer: null,
      subject: null,
      created_at: now,
      updated_at: now,
      last_signed_in_at: null,
    };
  }

  /** @throws HubError `already_set_up` when somebody else was faster · `duplicate_name`. */
  async #create(transaction: Queries, person: PersonRow): Promise<void> {
    const { numInsertedOrUpdatedRows } = await transaction
      .insertInto('meta')
      .values({ key: setUpKey, value: person.id })
      .onConflict((conflict) => conflict.column('key').doNothing())
      .executeTakeFirstOrThrow();
    if (numInsertedOrUpdatedRows === 0n) throw alreadySetUp();
    await insertPerson(transaction, person);
    for (const table of ['connections', 'syncs'] as const) {
      await transaction
        .updateTable(table)
        .set({ person_id: person.id })
        .where('person_id', '=', earlierPerson)
        .execute();
    }
    await transaction.deleteFrom('set_up_codes').execute();
    const { id, username, role } = person;
    await this.#parts.audit.record(transaction, {
      caller: 'server',
      action: 'person.created',
      subjectId: id,
      details: { username, role },
    });
  }

  #end(): void {
    this.#isDone = true;
    this.#code = undefined;
  }
}

/** Whether anybody has an account. */
export async function isSetUp(queries: Queries): Promise<boolean> {
  const row = await queries.selectFrom('meta').select('key').where('key', '=', setUpKey).executeTakeFirst();
  return row !== undefined;
}

/**
 * For whoever would get an account before there is an administrator: nobody could give them a role, and the first
 * administrator's name could be theirs.
 *
 * @throws HubError `not_allowed`.
 */
export async function refuseUntilSetUp(queries: Queries): Promise<void> {
  if (await isSetUp(queries)) return;
  throw new HubError(
    'not_allowed',
    'This server has no administrator yet. Whoever runs it makes one first, with a password, at its first visit.',
  );
}

function alreadySetUp(): HubError {
  return new HubError(
    'already_set_up',
    'This server has an administrator already. Sign in, or ask them for an account.',
  );
}
