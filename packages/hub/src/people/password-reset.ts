import type { AuditEvent, AuditTrail } from '../audit/audit-trail.js';
import type { ConnectionRemover, EndedConnections } from '../connections/connection-remover.js';
import { HubError } from '../errors.js';
import type { Resources } from '../resources.js';
import type { PersonRow } from '../store/rows/people.js';
import type { Queries } from '../store/store.js';
import type { PasswordLink, PasswordLinks } from './password-links.js';

export interface PasswordResetParts {
  readonly resources: Resources;
  readonly audit: AuditTrail;
  readonly links: PasswordLinks;
  readonly remover: ConnectionRemover;
}

/** What has ended, and is to be carried out once that is committed, and the link that was made. */
export interface DonePasswordReset {
  readonly ended: EndedConnections;
  readonly link: PasswordLink;
}

/**
 * Takes a person's password away, for a link with which to choose another, and ends their sessions, API tokens,
 * connections and drafts: whoever has the link gets to nothing of theirs at the forges.
 */
export class PasswordReset {
  readonly #parts: PasswordResetParts;

  constructor(parts: PasswordResetParts) {
    this.#parts = parts;
  }

  /**
   * @param person whom the transaction holds
   * @throws HubError `not_allowed` for whoever signs in elsewhere.
   */
  async within(
    transaction: Queries,
    caller: AuditEvent['caller'],
    person: PersonRow,
  ): Promise<DonePasswordReset> {
    const { resources, audit, links, remover } = this.#parts;
    const { id, username } = person;
    if (person.subject !== null) {
      throw new HubError(
        'not_allowed',
        'This person signs in elsewhere and has no password here. Delete them to keep them out.',
      );
    }
    const ended = await remover.remove(transaction, { personId: id });
    await transaction.deleteFrom('git_provider_drafts').where('person_id', '=', id).execute();
    const sessions = await transaction
      .deleteFrom('sessions')
      .where('person_id', '=', id)
      .executeTakeFirstOrThrow();
    await transaction.deleteFrom('api_tokens').where('person_id', '=', id).execute();
    await transaction
      .updateTable('people')
      .set({ password_hash: null, updated_at: resources.clock.now().getTime() })
      .where('id', '=', id)
      .execute();
    const isNew = person.last_signed_in_at === null && person.password_hash === null;
    const link = await links.issue(transaction, id, isNew ? 'invitation' : 'reset');
    const details = {
      username,
      connections: ended.connections.length,
      sessions: Number(sessions.numDeletedRows),
    };
    await audit.record(transaction, {
      caller,
      subjectId: id,
      ...(isNew
        ? { action: 'person.invited', details: { username } }
        : { action: 'person.password_reset', details }),
    });
    return { ended, link };
  }
}
