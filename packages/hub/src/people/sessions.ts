import type { Resources } from '../resources.js';
import { HubError } from '../errors.js';
import type { SessionRow } from '../store/rows/people.js';
import type { Queries } from '../store/store.js';
import { storableText } from '../store/text.js';
import type { Caller } from './caller.js';
import { hashOf, newSecretToken } from './secret-token.js';

/** How long a browser stays signed in, in milliseconds. */
export interface SessionLifetime {
  /** Without being used. */
  readonly idleMs: number;
  /** However much it is used. */
  readonly lifetimeMs: number;
}

const dayMs = 86_400_000;
export const defaultSessionLifetime: SessionLifetime = { idleMs: 7 * dayMs, lifetimeMs: 30 * dayMs };

/** How often using a session is written down. */
const touchMs = 60_000;
const longestUserAgent = 300;

/** What is known of a browser that signs in. */
export interface Browser {
  readonly address?: string | undefined;
  readonly userAgent?: string | undefined;
  /** What its session cookie carries, if it has one: of an earlier sign-in, or what somebody planted there. */
  readonly sessionToken?: string | undefined;
  /** What it was given at an earlier sign-in, by which its attempts are told from everybody else's. */
  readonly recognition?: string | undefined;
  /** What it keeps of a single sign-on that was begun in it. */
  readonly preSession?: string | undefined;
}

/** What a session is looked up for. */
export interface SessionUse {
  /** Nobody does anything with it just now, so that it comes to its end as if it were not used. */
  readonly unattended?: boolean | undefined;
}

/** A browser that is signed in from now on. */
export interface NewSession {
  /** For the cookie; it is kept nowhere. */
  readonly token: string;
  readonly sessionId: string;
  readonly expiresAt: Date;
  /** From now until then. */
  readonly lifetimeMs: number;
}

export interface SessionView {
  readonly id: string;
  /** The one that asks. */
  readonly current: boolean;
  readonly address?: string | undefined;
  readonly userAgent?: string | undefined;
  readonly createdAt: Date;
  /** To the minute. */
  readonly lastUsedAt: Date;
  /** When it ends if it is not used any more. */
  readonly expiresAt: Date;
}

/** The browsers that a person is signed in with. */
export interface SessionService {
  /** The caller's, the last used first. */
  list(caller: Caller): Promise<readonly SessionView[]>;
  /** @throws HubError `not_found`. */
  end(caller: Caller, sessionId: string): Promise<void>;
  /** Ends all but the one that asks. @returns how many. */
  endOthers(caller: Caller): Promise<number>;
}

export class Sessions {
  readonly #resources: Resources;
  readonly #lifetime: SessionLifetime;

  constructor(resources: Resources, lifetime: SessionLifetime) {
    this.#resources = resources;
    this.#lifetime = lifetime;
  }

  /** Signs a browser in, in place of the session that it had: no token outlives a sign-in. */
  async start(queries: Queries, personId: string, browser: Browser): Promise<NewSession> {
    const { clock, newId } = this.#resources;
    const now = clock.now().getTime();
    if (browser.sessionToken !== undefined) {
      await queries.deleteFrom('sessions').where('token_hash', '=', hashOf(browser.sessionToken)).execute();
    }
    await this.#deleteEnded(queries, personId, now);
    const token = newSecretToken();
    const row: SessionRow = {
      id: newId(),
      person_id: personId,
      token_hash: hashOf(token),
      address: browser.address ?? null,
      user_agent:
        browser.userAgent === undefined ? null : storableText(browser.userAgent.slice(0, longestUserAgent)),
      created_at: now,
      last_used_at: now,
      expires_at: now + this.#lifetime.lifetimeMs,
    };
    await queries.insertInto('sessions').values(row).execute();
    return this.#present(token, row.id, row.expires_at);
  }

  /** Who is signed in with this token; undefined: nobody, or not any more. */
  async find(token: string, { unattended = false }: SessionUse = {}): Promise<Caller | undefined> {
    const { store, clock } = this.#resources;
    const now = clock.now().getTime();
    const row = await store.database
      .selectFrom('sessions')
      .innerJoin('people', 'people.id', 'sessions.person_id')
      .select([
        'sessions.id',
        'sessions.person_id',
        'sessions.last_used_at',
        'people.username',
        'people.role',
      ])
      .where('sessions.token_hash', '=', hashOf(token))
      .where('sessions.expires_at', '>', now)
      .where('sessions.last_used_at', '>', now - this.#lifetime.idleMs)
      .executeTakeFirst();
    if (row === undefined) return undefined;
    if (!unattended && row.last_used_at <= now - touchMs) {
      await store.database
        .updateTable('sessions')
        .set({ last_used_at: now })
        .where('id', '=', row.id)
        .where('last_used_at', '<=', now - touchMs)
        .execute();
    }
    const { id: sessionId, person_id: personId, username, role } = row;
    return { personId, username, role, via: { kind: 'session', sessionId } };
  }

  async list({ personId, via }: Caller): Promise<readonly SessionView[]> {
    const now = this.#resources.clock.now().getTime();
    const rows = await this.#resources.store.database
      .selectFrom('sessions')
      .selectAll()
      .where('person_id', '=', personId)
      .where('expires_at', '>', now)
      .where('last_used_at', '>', now - this.#lifetime.idleMs)
      .orderBy('last_used_at', 'desc')
      .orderBy('id')
      .execute();
    return rows.map((row) => ({
      id: row.id,
      current: via.kind === 'session' && via.sessionId === row.id,
      address: row.address ?? undefined,
      userAgent: row.user_agent ?? undefined,
      createdAt: new Date(row.created_at),
      lastUsedAt: new Date(row.last_used_at),
      expiresAt: new Date(Math.min(row.expires_at, row.last_used_at + this.#lifetime.idleMs)),
    }));
  }

  /** @throws HubError `not_found` when the person has no such session. */
  async end(queries: Queries, personId: string, sessionId: string): Promise<void> {
    const { numDeletedRows } = await queries
      .deleteFrom('sessions')
      .where('id', '=', sessionId)
      .where('person_id', '=', personId)
      .executeTakeFirstOrThrow();
    if (numDeletedRows === 0n) throw new HubError('not_found', 'There is no such session, or it has ended.');
  }

  /** @returns how many there were. */
  async endAll(queries: Queries, personId: string, except?: string): Promise<number> {
    const { numDeletedRows } = await queries
      .deleteFrom('sessions')
      .where('person_id', '=', personId)
      .$if(except !== undefined, (query) => query.where('id', '!=', except ?? ''))
      .executeTakeFirstOrThrow();
    return Number(numDeletedRows);
  }

  /**
   * Gives a session another token and the full time again. It stays the same session.
   *
   * @throws HubError `not_signed_in` when it has ended meanwhile.
   */
  async renew(queries: Queries, sessionId: string): Promise<NewSession> {
    const token = newSecretToken();
    const now = this.#resources.clock.now().getTime();
    const expiresAt = now + this.#lifetime.lifetimeMs;
    const { numUpdatedRows } = await queries
      .updateTable('sessions')
      .set({ token_hash: hashOf(token), last_used_at: now, expires_at: expiresAt })
      .where('id', '=', sessionId)
      .executeTakeFirstOrThrow();
    if (numUpdatedRows === 0n) throw new HubError('not_signed_in', 'Your session has ended. Sign in again.');
    return this.#present(token, sessionId, expiresAt);
  }

  #present(token: string, sessionId: string, expiresAt: number): NewSession {
    const { lifetimeMs } = this.#lifetime;
    return { token, sessionId, expiresAt: new Date(expiresAt), lifetimeMs };
  }

  async #deleteEnded(queries: Queries, personId: string, now: number): Promise<void> {
    await queries
      .deleteFrom('sessions')
      .where('person_id', '=', personId)
      .where((where) =>
        where.or([where('expires_at', '<=', now), where('last_used_at', '<=', now - this.#lifetime.idleMs)]),
      )
      .execute();
  }
}
