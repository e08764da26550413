import type { AuditTrail } from '../audit/audit-trail.js';
import type { Resources } from '../resources.js';
import type { Caller } from './caller.js';
import { holdCaller } from './hold-caller.js';
import type { SessionService, Sessions, SessionView } from './sessions.js';

/** What people do with their own sessions. */
export class OwnSessions implements SessionService {
  readonly #resources: Resources;
  readonly #audit: AuditTrail;
  readonly #sessions: Sessions;

  constructor(parts: {
    readonly resources: Resources;
    readonly audit: AuditTrail;
    readonly sessions: Sessions;
  }) {
    this.#resources = parts.resources;
    this.#audit = parts.audit;
    this.#sessions = parts.sessions;
  }

  list(caller: Caller): Promise<readonly SessionView[]> {
    return this.#sessions.list(caller);
  }

  async end(caller: Caller, sessionId: string): Promise<void> {
    await this.#resources.store.database.transaction().execute(async (transaction) => {
      await holdCaller(transaction, caller);
      await this.#sessions.end(transaction, caller.personId, sessionId);
      await this.#audit.record(transaction, { caller, action: 'session.ended', details: { sessions: 1 } });
    });
  }

  endOthers(caller: Caller): Promise<number> {
    const { personId, via } = caller;
    return this.#resources.store.database.transaction().execute(async (transaction) => {
      await holdCaller(transaction, caller);
      const except = via.kind === 'session' ? via.sessionId : undefined;
      const sessions = await this.#sessions.endAll(transaction, personId, except);
      if (sessions > 0) {
        await this.#audit.record(transaction, { caller, action: 'session.ended', details: { sessions } });
      }
      return sessions;
    });
  }
}
