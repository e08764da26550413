import { HubError } from '../errors.js';
import type { Resources } from '../resources.js';
import type { PasswordLinkPurpose, PasswordLinkRow } from '../store/rows/people.js';
import type { Queries } from '../store/store.js';
import { hashOf, newSecretToken } from './secret-token.js';

const hourMs = 3_600_000;
const lifetimeMs: Readonly<Record<PasswordLinkPurpose, number>> = {
  invitation: 72 * hourMs,
  reset: 24 * hourMs,
};

/** A link that is shown once, to be handed to the person whom it is for. */
export interface PasswordLink {
  readonly purpose: PasswordLinkPurpose;
  readonly url: string;
  readonly expiresAt: Date;
}

/** Links with which people choose a password. */
export class PasswordLinks {
  readonly #clock: Resources['clock'];
  readonly #publicUrl: string;

  constructor({ clock }: Pick<Resources, 'clock'>, publicUrl: string) {
    this.#clock = clock;
    this.#publicUrl = publicUrl;
  }

  /** Makes a link, in place of the one that the person had. */
  async issue(queries: Queries, personId: string, purpose: PasswordLinkPurpose): Promise<PasswordLink> {
    const token = newSecretToken();
    const now = this.#clock.now().getTime();
    const row: PasswordLinkRow = {
      person_id: personId,
      purpose,
      token_hash: hashOf(token),
      created_at: now,
      expires_at: now + lifetimeMs[purpose],
    };
    const { person_id: _, ...changes } = row;
    await queries
      .insertInto('password_links')
      .values(row)
      .onConflict((conflict) => conflict.column('person_id').doUpdateSet(changes))
      .execute();
    // In the fragment, which a browser sends to nobody: it gets into no log.
    return {
      purpose,
      url: `${this.#publicUrl}/choose-password#${token}`,
      expiresAt: new Date(row.expires_at),
    };
  }

  /** @throws HubError `link_expired`, also of a link that never was. */
  async find(queries: Queries, token: string): Promise<PasswordLinkRow> {
    const row = await queries
      .selectFrom('password_links')
      .selectAll()
      .where('token_hash', '=', hashOf(token))
      .where('expires_at', '>', this.#clock.now().getTime())
      .executeTakeFirst();
    if (row === undefined) throw expired();
    return row;
  }

  /** Uses a link up, once whoever asks at the same time. @throws HubError `link_expired`. */
  async take(transaction: Queries, { token_hash }: PasswordLinkRow): Promise<void> {
    const { numDeletedRows } = await transaction
      .deleteFrom('password_links')
      .where('token_hash', '=', token_hash)
      .executeTakeFirstOrThrow();
    if (numDeletedRows === 0n) throw expired();
  }
}

function expired(): HubError {
  return new HubError(
    'link_expired',
    'This link has been used, has expired, or was replaced by a newer one. Ask an administrator for another.',
  );
}
