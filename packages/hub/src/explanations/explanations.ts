import type { GitSession } from '@anyforge/core';
import { ProviderError } from '@anyforge/core';
import type { ConnectionSessions } from '../connections/connection-sessions.js';
import { toConnectionView } from '../connections/connection-view.js';
import { findConnection } from '../connections/connection-writer.js';
import { HubError } from '../errors.js';
import { configuredLink } from '../forge-links.js';
import { isShown } from '../repositories/is-shown.js';
import type { Resources } from '../resources.js';
import { withoutSlashes } from '../slashes.js';
import { fromJson } from '../store/json.js';
import type { Role } from '../store/rows/people.js';
import type { ConnectionRow, GitProviderRow } from '../store/schema.js';
import { keyOf } from '../store/text.js';
import { openStates } from '../syncs/sync-view.js';
import { untilAborted } from '../until-aborted.js';
import { explain } from './explain.js';
import type { Explanation } from './explanation.js';
import type { ConnectionFacts, Facts, ForgeAnswer } from './facts.js';

export interface ExplanationRequest {
  /** The id of a git provider, or its name, whatever its case. */
  readonly provider: string;
  /** The path of a repository, with or without the `.git` of its address. */
  readonly path: string;
}

/** Why people see repositories, or do not. */
export interface ExplanationService {
  /**
   * Goes through all that has to be so for a repository to stand in the person's list.
   *
   * It is answered from the person's own connection, and from what the forge says to their own credential when it is
   * asked now: it tells nobody that a repository exists which they may not see. Which organizations and patterns a git
   * provider is restricted to is told to administrators only.
   *
   * @throws HubError `invalid_input`; `not_found` when there is no such git provider.
   */
  explain(personId: string, request: ExplanationRequest, options?: ExplanationOptions): Promise<Explanation>;
}

export interface ExplanationOptions {
  /** `member` unless told otherwise. */
  readonly role?: Role | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** Somebody waits for it. */
const maxWaitMs = 10_000;
const pathAtMost = 1000;

export class Explanations implements ExplanationService {
  readonly #resources: Pick<Resources, 'store' | 'clock'>;
  readonly #sessions: Pick<ConnectionSessions, 'open'>;

  constructor(resources: Pick<Resources, 'store' | 'clock'>, sessions: Pick<ConnectionSessions, 'open'>) {
    this.#resources = resources;
    this.#sessions = sessions;
  }

  async explain(
    personId: string,
    request: ExplanationRequest,
    { role = 'member', signal = new AbortController().signal }: ExplanationOptions = {},
  ): Promise<Explanation> {
    const asked = tidyPath(request.path);
    const provider = await this.#findProvider(request.provider);
    const row = await findConnection(this.#resources.store.database, personId, provider.id);
    const link = configuredLink(provider);
    const connection = row && (await this.#connectionFacts(row, provider, asked, signal));
    const found = connection?.answer.kind === 'found' ? connection.answer.repository : undefined;
    const facts: Facts = {
      providerName: provider.name,
      path: found?.path ?? asked,
      link,
      organizations: fromJson(provider.organizations),
      patterns: fromJson(provider.patterns),
      mayReadRules: role === 'administrator',
      listed: row !== undefined && (await this.#isListed(row, found?.id, asked)),
      listedBeside: row !== undefined && (await this.#isBesideListed(row, found?.path ?? asked)),
      connection,
    };
    return {
      gitProviderId: provider.id,
      path: facts.path,
      listed: facts.listed,
      permission: found?.permission,
      ...explain(facts),
    };
  }

  async #findProvider(idOrName: string): Promise<GitProviderRow> {
    const rows = await this.#resources.store.database
      .selectFrom('git_providers')
      .selectAll()
      .where((expression) =>
        expression.or([expression('id', '=', idOrName), expression('name_key', '=', keyOf(idOrName.trim()))]),
      )
      .execute();
    const row = rows.find(({ id }) => id === idOrName) ?? rows[0];
    if (row === undefined) throw new HubError('not_found', 'There is no git provider of that id or name.');
    return row;
  }

  async #connectionFacts(
    row: ConnectionRow,
    provider: GitProviderRow,
    path: string,
    signal: AbortSignal,
  ): Promise<ConnectionFacts> {
    const view = toConnectionView(row, provider, this.#resources.clock.now());
    const answer: ForgeAnswer =
      view.needsAttention === undefined ? await this.#ask(row, path, signal) : { kind: 'not_asked' };
    const newest = await this.#newestTask(row.id);
    return {
      username: view.account.username,
      needsAttention: view.needsAttention?.reason,
      missingScopes: view.missingScopes,
      lastSync: view.visible,
      syncing: newest !== undefined && openStates.some((state) => state === newest.state),
      // Also of one that is tried again by itself.
      lastFailure: newest?.error_kind === 'rate_limited' ? undefined : (newest?.error_message ?? undefined),
      answer,
    };
  }

  async #ask(row: ConnectionRow, path: string, signal: AbortSignal): Promise<ForgeAnswer> {
    try {
      const session: GitSession = await this.#sessions.open({
        connectionId: row.id,
        gitProviderId: row.git_provider_id,
        epoch: row.epoch,
      });
      const asking = session.repository({ path }, { signal, maxWaitMs });
      return { kind: 'found', repository: await untilAborted(asking, signal) };
    } catch (error) {
      if (!ProviderError.is(error)) throw error;
      return { kind: 'refused', error };
    }
  }

  #newestTask(connectionId: string) {
    return this.#resources.store.database
      .selectFrom('sync_tasks')
      .select(['state', 'error_kind', 'error_message'])
      .where('connection_id', '=', connectionId)
      .orderBy('created_at', 'desc')
      .orderBy('id', 'desc')
      .limit(1)
      .executeTakeFirst();
  }

  /** By the forge's id where it told one: the list may still have an earlier path. */
  async #isListed(row: ConnectionRow, forgeId: string | undefined, path: string): Promise<boolean> {
    const listed = await this.#list(row)
      .$if(forgeId !== undefined, (query) => query.where('permissions.forge_id', '=', forgeId ?? ''))
      .$if(forgeId === undefined, (query) => query.where('permissions.path_key', '=', keyOf(path)))
      .executeTakeFirst();
    return listed !== undefined;
  }

  async #isBesideListed(row: ConnectionRow, path: string): Promise<boolean> {
    const place = keyOf(path.slice(0, Math.max(path.lastIndexOf('/'), 0)));
    const listed = await this.#list(row)
      // A range of the index: "0" is what follows "/".
      .where('permissions.path_key', '>=', `${place}/`)
      .where('permissions.path_key', '<', `${place}0`)
      .executeTakeFirst();
    return listed !== undefined;
  }

  /** Any one of what the person sees through a connection. */
  #list(row: ConnectionRow) {
    return this.#resources.store.database
      .selectFrom('connections')
      .innerJoin('permissions', 'permissions.generation', 'connections.visible_generation')
      .select('permissions.forge_id')
      .where('connections.id', '=', row.id)
      .where(isShown)
      .limit(1);
  }
}

function tidyPath(path: string): string {
  const tidy = withoutSlashes(path.trim()).replace(/\.git$/, '');
  if (tidy !== '' && tidy.length <= pathAtMost) return tidy;
  throw HubError.invalidInput([
    { path: 'path', message: 'Give the path of a repository: "acme/platform/api".' },
  ]);
}
