import type { Caller } from '../people/caller.js';
import type { Resources } from '../resources.js';
import { toJson } from '../store/json.js';
import type { Queries } from '../store/store.js';
import { storableText } from '../store/text.js';
import type { ActionDescription, AuditAction, AuditDetails } from './audit-actions.js';
import type { AuditRetention } from './audit-retention.js';
import { auditActions, maximumText, maximumTexts } from './audit-actions.js';

/** Something that somebody did. */
export type AuditEvent = {
  [Action in AuditAction]: {
    /** Who, and through what; `server`: nobody asked for it. */
    readonly caller: Pick<Caller, 'personId' | 'username' | 'via'> | 'server';
    readonly action: Action;
    /** The person to whom it was done, where that is not who did it: they may look it up as well. */
    readonly subjectId?: string | undefined;
    readonly gitProviderId?: string | undefined;
    readonly details: AuditDetails<Action>;
  };
}[AuditAction];

/** Where everybody writes down what they do. */
export class AuditTrail {
  readonly #resources: Pick<Resources, 'clock' | 'newId'>;
  readonly #retention: Pick<AuditRetention, 'sweepWhenDue'> | undefined;

  /** @param retention makes room while events come in */
  constructor(
    resources: Pick<Resources, 'clock' | 'newId'>,
    retention?: Pick<AuditRetention, 'sweepWhenDue'>,
  ) {
    this.#resources = resources;
    this.#retention = retention;
  }

  /**
   * Writes an event down, in the transaction that does what it tells of: neither is there without the other.
   *
   * Only the details that {@link auditActions} names are kept, whatever else the object holds.
   */
  async record(queries: Queries, event: AuditEvent): Promise<void> {
    const { caller, action, subjectId, gitProviderId, details } = event;
    const { clock, newId } = this.#resources;
    const description: ActionDescription = auditActions[action];
    await queries
      .insertInto('audit_events')
      .values({
        id: newId(),
        at: clock.now().getTime(),
        ...actorColumns(caller),
        subject_id: subjectId ?? null,
        audience: description.audience,
        action,
        git_provider_id: gitProviderId ?? null,
        details: toJson(keepKnown(description, { ...details })),
      })
      .execute();
    this.#retention?.sweepWhenDue();
  }
}

function actorColumns(caller: AuditEvent['caller']) {
  if (caller === 'server') {
    return { person_id: null, username: null, via: 'server', via_id: null } as const;
  }
  const { personId, username, via } = caller;
  return {
    person_id: personId,
    username,
    via: via.kind,
    via_id: via.kind === 'session' ? via.sessionId : via.tokenId,
  } as const;
}

function keepKnown(
  { details: known }: ActionDescription,
  details: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    Object.keys(known)
      .filter((name) => details[name] !== undefined)
      .map((name) => [name, clip(details[name])]),
  );
}

function clip(value: unknown): unknown {
  if (Array.isArray(value)) return value.slice(0, maximumTexts).map(clip);
  return typeof value === 'string' ? storableText(value.slice(0, maximumText)) : value;
}
