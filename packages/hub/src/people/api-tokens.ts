import type { AuditTrail } from '../audit/audit-trail.js';
import type { FieldIssue } from '../errors.js';
import { HubError } from '../errors.js';
import type { Resources } from '../resources.js';
import { isUniqueViolation } from '../store/database-error.js';
import { fromJson, toDate, toJson } from '../store/json.js';
import type { ApiTokenRow, ApiTokenScope } from '../store/rows/people.js';
import { keyOf, storableText } from '../store/text.js';
import type { Caller } from './caller.js';
import { holdCaller } from './hold-caller.js';
import { hashOf, newSecretToken } from './secret-token.js';

const prefix = 'anyforge_';
const allScopes: readonly ApiTokenScope[] = ['read', 'manage', 'git'];
const longestName = 100;
const dayMs = 86_400_000;
const touchMs = 60_000;
const defaultDays = 90;
const mostDays = 365;

export interface ApiTokenView {
  readonly id: string;
  readonly name: string;
  readonly scopes: readonly ApiTokenScope[];
  readonly createdAt: Date;
  /** Absent: never. */
  readonly expiresAt?: Date | undefined;
  /** To the minute. */
  readonly lastUsedAt?: Date | undefined;
}

export interface NewApiToken {
  /** 1 to 100 characters; unique for one person, whatever its case. */
  readonly name: string;
  /** `read` my affairs, `manage` them (and read), ask for `git` credentials (and nothing else). */
  readonly scopes: readonly ApiTokenScope[];
  /** 1 to 365; null: it never expires; 90 unless told otherwise. */
  readonly expiresInDays?: number | null | undefined;
}

export interface IssuedApiToken {
  readonly apiToken: ApiTokenView;
  /** `anyforge_…`: shown here, and kept nowhere. */
  readonly token: string;
}

/** What programs of a person's authenticate with. */
export interface ApiTokenService {
  /** By name, those that have expired too. */
  list(personId: string): Promise<readonly ApiTokenView[]>;
  /** @throws HubError `invalid_input` · `duplicate_name`. */
  create(caller: Caller, input: NewApiToken): Promise<IssuedApiToken>;
  /** It opens nothing from now on. @throws HubError `not_found`. */
  delete(caller: Caller, id: string): Promise<void>;
}

export class ApiTokens implements ApiTokenService {
  readonly #resources: Resources;
  readonly #audit: AuditTrail;

  constructor(resources: Resources, audit: AuditTrail) {
    this.#resources = resources;
    this.#audit = audit;
  }

  async list(personId: string): Promise<readonly ApiTokenView[]> {
    const rows = await this.#resources.store.database
      .selectFrom('api_tokens')
      .selectAll()
      .where('person_id', '=', personId)
      .orderBy('name_key')
      .execute();
    return rows.map(present);
  }

  async create(caller: Caller, input: NewApiToken): Promise<IssuedApiToken> {
    const name = storableText(input.name).trim();
    const issues = issuesOf(name, input);
    if (issues.length > 0) throw HubError.invalidInput(issues);
    const { store, clock, newId } = this.#resources;
    const now = clock.now().getTime();
    const { expiresInDays = defaultDays } = input;
    const scopes = allScopes.filter((scope) => input.scopes.includes(scope));
    const token = newSecretToken(prefix);
    const row: ApiTokenRow = {
      id: newId(),
      person_id: caller.personId,
      name,
      name_key: keyOf(name),
      token_hash: hashOf(token),
      scopes: toJson(scopes),
      created_at: now,
      expires_at: expiresInDays === null ? null : now + expiresInDays * dayMs,
      last_used_at: null,
    };
    try {
      await store.database.transaction().execute(async (transaction) => {
        await holdCaller(transaction, caller);
        await transaction.insertInto('api_tokens').values(row).execute();
        await this.#audit.record(transaction, {
          caller,
          action: 'api_token.created',
          details: { name, scopes },
        });
      });
    } catch (error) {
      if (!isUniqueViolation(error)) throw error;
      throw new HubError(
        'duplicate_name',
        `You have an API token named ${JSON.stringify(name)} already. Choose another name, or delete that one first.`,
      );
    }
    return { apiToken: present(row), token };
  }

  async delete(caller: Caller, id: string): Promise<void> {
    await this.#resources.store.database.transaction().execute(async (transaction) => {
      await holdCaller(transaction, caller);
      const deleted = await transaction
        .deleteFrom('api_tokens')
        .where('id', '=', id)
        .where('person_id', '=', caller.personId)
        .returning('name')
        .executeTakeFirst();
      if (deleted === undefined) throw new HubError('not_found', 'You have no such API token.');
      await this.#audit.record(transaction, {
        caller,
        action: 'api_token.deleted',
        details: { name: deleted.name },
      });
    });
  }

  /** Whose it is; undefined: nobody's, or it has expired. */
  async find(token: string): Promise<Caller | undefined> {
    if (!token.startsWith(prefix)) return undefined;
    const { store, clock } = this.#resources;
    const now = clock.now().getTime();
    const row = await store.database
      .selectFrom('api_tokens')
      .innerJoin('people', 'people.id', 'api_tokens.person_id')
      .select(['api_tokens.id', 'person_id', 'scopes', 'expires_at', 'last_used_at', 'username', 'role'])
      .where('token_hash', '=', hashOf(token))
      .executeTakeFirst();
    if (row === undefined || (row.expires_at !== null && row.expires_at <= now)) return undefined;
    if (row.last_used_at === null || row.last_used_at <= now - touchMs) {
      await store.database
        .updateTable('api_tokens')
        .set({ last_used_at: now })
        .where('id', '=', row.id)
        .execute();
    }
    const { id: tokenId, person_id: personId, username, role } = row;
    return { personId, username, role, via: { kind: 'api_token', tokenId, scopes: fromJson(row.scopes) } };
  }
}

function issuesOf(name: string, { scopes, expiresInDays = defaultDays }: NewApiToken): readonly FieldIssue[] {
  const issues: FieldIssue[] = [];
  const length = Array.from(name).length;
  if (length === 0 || length > longestName || /\p{Cc}/u.test(name)) {
    issues.push({ path: 'name', message: `Give it a name of up to ${String(longestName)} characters.` });
  }
  if (scopes.length === 0) {
    issues.push({ path: 'scopes', message: `Choose one or more of ${allScopes.join(', ')}.` });
  }
  const isDays =
    expiresInDays === null ||
    (Number.isInteger(expiresInDays) && expiresInDays >= 1 && expiresInDays <= mostDays);
  if (!isDays) {
    issues.push({
      path: 'expiresInDays',
      message: `Choose 1 to ${String(mostDays)} days, or null for a token that never expires.`,
    });
  }
  return issues;
}

function present(row: ApiTokenRow): ApiTokenView {
  return {
    id: row.id,
    name: row.name,
    scopes: fromJson(row.scopes),
    createdAt: new Date(row.created_at),
    expiresAt: toDate(row.expires_at),
    lastUsedAt: toDate(row.last_used_at),
  };
}
