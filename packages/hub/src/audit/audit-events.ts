import type { Caller } from '../people/caller.js';
import { checkLimit, readCursor, writeCursor } from '../keyset-cursor.js';
import type { Resources } from '../resources.js';
import { fromJson } from '../store/json.js';
import type { AuditEventRow } from '../store/rows/audit.js';
import type { Queries } from '../store/store.js';

/** Something that somebody did. */
export interface AuditEventView {
  readonly id: string;
  readonly at: Date;
  /** Absent: the server did it by itself. */
  readonly person?: { readonly id: string; readonly username: string } | undefined;
  readonly via: AuditEventRow['via'];
  /** Which session or API token; of one's own events only. */
  readonly viaId?: string | undefined;
  /** To whom it was done, where that is somebody else. */
  readonly subjectId?: string | undefined;
  readonly action: string;
  readonly gitProviderId?: string | undefined;
  /** What else the action tells, by name. */
  readonly details: object;
}

export interface AuditListRequest {
  /** 1 to 200. */
  readonly limit: number;
  /** The `nextCursor` of the page before. */
  readonly cursor?: string | undefined;
}

export interface AuditList {
  /** Newest first. */
  readonly items: readonly AuditEventView[];
  /** Absent: this is the last page. */
  readonly nextCursor?: string | undefined;
}

/** What was done on this server. */
export interface AuditService {
  /**
   * What the caller did, and what was done to them; for administrators also what was done to people, git providers and
   * the server. Nobody is shown another person's connections or git credentials.
   *
   * @throws HubError `invalid_input`.
   */
  list(caller: Caller, request: AuditListRequest): Promise<AuditList>;
}

const limitAtMost = 200;

export class AuditEvents implements AuditService {
  readonly #resources: Pick<Resources, 'store'>;

  constructor(resources: Pick<Resources, 'store'>) {
    this.#resources = resources;
  }

  async list(caller: Caller, { limit, cursor }: AuditListRequest): Promise<AuditList> {
    checkLimit(limit, limitAtMost);
    const before = cursor === undefined ? undefined : readCursor(cursor, parsePosition);
    const { database } = this.#resources.store;
    const parts = waysToSee(caller).map(({ column, value }) =>
      database.selectFrom(newestOf(database, { column, value, before, limit }).as('part')).selectAll(),
    );
    const rows = await database
      // An event that is somebody's to see in two ways is one event.
      .selectFrom(parts.reduce((merged, part) => merged.union(part)).as('seen'))
      .selectAll()
      .orderBy('at', 'desc')
      .orderBy('id', 'desc')
      .limit(limit + 1)
      .execute();
    const shown = rows.slice(0, limit);
    const last = shown.at(-1);
    return {
      items: shown.map((row) => present(row, caller)),
      nextCursor: rows.length > limit && last !== undefined ? writeCursor([last.at, last.id]) : undefined,
    };
  }
}

interface Position {
  readonly at: number;
  readonly id: string;
}

interface Part {
  readonly column: 'person_id' | 'subject_id' | 'audience';
  readonly value: string;
  readonly before: Position | undefined;
  readonly limit: number;
}

function waysToSee({ personId, role }: Caller): readonly Pick<Part, 'column' | 'value'>[] {
  return [
    { column: 'person_id', value: personId },
    { column: 'subject_id', value: personId },
    ...(role === 'administrator' ? [{ column: 'audience', value: 'administrators' } as const] : []),
  ];
}

/** Read in order from the index of its column, one row more than asked for. */
function newestOf(database: Queries, { column, value, before, limit }: Part) {
  return database
    .selectFrom('audit_events')
    .selectAll()
    .where(column, '=', value)
    .$if(before !== undefined, (query) =>
      query.where((expression) =>
        expression(expression.refTuple('at', 'id'), '<', expression.tuple(before?.at ?? 0, before?.id ?? '')),
      ),
    )
    .orderBy('at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit + 1);
}

function parsePosition([at, id]: readonly unknown[]): Position | undefined {
  return typeof at === 'number' && typeof id === 'string' ? { at, id } : undefined;
}

function present(row: AuditEventRow, caller: Caller): AuditEventView {
  return {
    id: row.id,
    at: new Date(row.at),
    person: row.person_id === null ? undefined : { id: row.person_id, username: row.username ?? '' },
    via: row.via,
    viaId: row.person_id === caller.personId ? (row.via_id ?? undefined) : undefined,
    subjectId: row.subject_id ?? undefined,
    action: row.action,
    gitProviderId: row.git_provider_id ?? undefined,
    details: fromJson(row.details),
  };
}
