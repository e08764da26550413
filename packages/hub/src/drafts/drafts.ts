import type { OAuthHelp, TokenHelp } from '@anyforge/core';
import type { TokenInput } from '../connections/token-input.js';
import { toCredential } from '../connections/token-input.js';
import { HubError } from '../errors.js';
import { forgeLink } from '../forge-links.js';
import type { GitProviderPool } from '../git-providers/git-provider-pool.js';
import { findGitProvider } from '../git-providers/git-provider-pool.js';
import { oauthHelpOf } from '../git-providers/help.js';
import { scheduleOf } from '../git-providers/schedule.js';
import type { OrganizationList } from '../git-providers/organizations.js';
import { organizationsOf, withLinks } from '../git-providers/organizations.js';
import type { Caller } from '../people/caller.js';
import type { ProviderTypes } from '../provider-types.js';
import type { Resources } from '../resources.js';
import type { NewSignIn, SignInService } from '../sign-ins/sign-ins.js';
import type { StartedSignIn } from '../sign-ins/sign-in-view.js';
import { fromJson } from '../store/json.js';
import type { GitProviderRow } from '../store/schema.js';
import type { DraftContent, DraftValues } from './draft-content.js';
import { emptyContent, openContent, sealContent, withValues } from './draft-content.js';
import type { DraftRevocations } from './draft-revocations.js';
import type { DraftSaver, SavedDraft, SaveOptions } from './draft-saver.js';
import { signInColumns } from './draft-sign-in.js';
import type { DraftStore } from './draft-store.js';
import type { DraftTests } from './draft-tests.js';
import type { DraftView } from './draft-view.js';
import { toDraftView } from './draft-view.js';
import type { DraftOpener } from './open-draft.js';
import type { TestLine } from './test-steps.js';

export interface NewDraft {
  readonly type: string;
  /** The git provider that is to be changed, and whose settings the draft begins with. Absent: a new one. */
  readonly gitProviderId?: string | undefined;
  /** With a git provider to be changed: what is left out is as it stands there. */
  readonly values?: DraftValues | undefined;
}

export interface DraftCallOptions {
  readonly signal?: AbortSignal | undefined;
}

/**
 * What administrators type for a git provider before they save it. A draft is of one person only, sealed, and forgotten
 * two hours after its last change; nothing of it is a git provider until it is saved.
 */
export interface DraftService {
  /** @throws HubError `unknown_provider_type` · `not_found` · `type_fixed`. */
  create(caller: Caller, input: NewDraft): Promise<DraftView>;
  /** @throws HubError `not_found`, also for another person's. */
  get(personId: string, id: string): Promise<DraftView>;
  /**
   * Puts new values in place of all former ones, but for secrets that are empty or absent: those stay.
   *
   * @throws HubError `not_found`.
   */
  update(personId: string, id: string, values: DraftValues): Promise<DraftView>;
  /**
   * Forgets it. Its test's sign-in is revoked at the forge, where the forge can.
   *
   * @throws HubError `not_found`.
   */
  abandon(personId: string, id: string): Promise<void>;
  /** @throws HubError `not_found`, also where the forge has none; `invalid_input` when the values do not suffice. */
  oauthHelp(personId: string, id: string): Promise<OAuthHelp>;
  /** @throws HubError `not_found` · `invalid_input` when the values do not suffice. */
  tokenHelp(personId: string, id: string): Promise<TokenHelp>;
  /**
   * Tests the values as they are, telling each step as soon as it ends. Leaving the loop, or the signal, stops it.
   * Before the first line:
   *
   * @throws HubError `not_found` · `too_many_tests` · `closed`.
   */
  test(personId: string, id: string, options?: DraftCallOptions): AsyncIterable<TestLine>;
  /**
   * Starts a sign-in for the test at the forge, through its OAuth application.
   *
   * @throws HubError `not_found` · `invalid_input` · `oauth_unavailable`. ProviderError why the forge gave no code.
   */
  startSignIn(
    caller: Caller,
    id: string,
    input: Omit<NewSignIn, 'gitProviderId' | 'draftId'>,
    options?: DraftCallOptions,
  ): Promise<StartedSignIn>;
  /**
   * Signs in for the test with a token. Whose it is, the test asks.
   *
   * @throws HubError `not_found` · `invalid_input`, also when the values do not suffice to use it anywhere.
   */
  putToken(personId: string, id: string, input: TokenInput): Promise<DraftView>;
  /**
   * All organizations that the account of the test sees.
   *
   * @throws HubError `not_found` · `not_connected` while nobody has signed in for the test. ProviderError.
   */
  organizations(personId: string, id: string, options?: DraftCallOptions): Promise<OrganizationList>;
  /**
   * Makes it a git provider, or the change of one, and the test's sign-in the person's connection: both or neither. The
   * draft is then gone.
   *
   * @throws HubError `not_found` · `invalid_input` · `duplicate_name` · `version_conflict` · `parks_connections` with
   * their number · `settings_changed` · `not_signed_in`.
   */
  save(caller: Caller, id: string, options?: SaveOptions): Promise<SavedDraft>;
}

export interface DraftsParts {
  readonly resources: Resources;
  readonly types: ProviderTypes;
  readonly pool: GitProviderPool;
  readonly store: DraftStore;
  readonly opener: DraftOpener;
  readonly tests: DraftTests;
  readonly saver: DraftSaver;
  readonly revocations: DraftRevocations;
  readonly signIns: Pick<SignInService, 'start'>;
}

export class Drafts implements DraftService {
  readonly #parts: DraftsParts;

  constructor(parts: DraftsParts) {
    this.#parts = parts;
  }

  async create(caller: Caller, { type, gitProviderId, values = {} }: NewDraft): Promise<DraftView> {
    const { resources, types, store } = this.#parts;
    const plugin = types.plugin(type);
    const base =
      gitProviderId === undefined
        ? undefined
        : await findGitProvider(resources.store.database, gitProviderId);
    if (base !== undefined && base.type !== type) throw typeFixed(base);
    const former = base === undefined ? emptyContent : this.#contentOf(base);
    const id = resources.newId();
    const content = withValues(plugin, former, base === undefined ? values : { ...former, ...given(values) });
    const row = await store.insert(caller, {
      id,
      git_provider_id: base?.id ?? resources.newId(),
      base_version: base?.version ?? null,
      type,
      content: sealContent(resources.vault, id, content),
      revision: 1,
      config_revision: 1,
      credential: null,
      credential_kind: null,
      bound_to: null,
      identity: null,
    });
    return this.#view(row);
  }

  async get(personId: string, id: string): Promise<DraftView> {
    return this.#view(await this.#parts.store.find(personId, id));
  }

  async update(personId: string, id: string, values: DraftValues): Promise<DraftView> {
    const { resources, types, store } = this.#parts;
    const { after } = await store.change(personId, id, (row) => {
      const former = openContent(resources.vault, row);
      const content = withValues(types.plugin(row.type), former, values);
      const revision = row.revision + 1;
      return {
        content: sealContent(resources.vault, id, content),
        revision,
        config_revision: isSameConfig(former, content) ? row.config_revision : revision,
      };
    });
    return this.#view(after);
  }

  async abandon(personId: string, id: string): Promise<void> {
    const { resources, store, revocations } = this.#parts;
    const now = await resources.store.now();
    const ended = await resources.store.database
      .transaction()
      .execute((transaction) => store.take(transaction, personId, id, now));
    revocations.revokeAll(ended);
  }

  async oauthHelp(personId: string, id: string): Promise<OAuthHelp> {
    const { settings, plugin, redirectUrl } = await this.#open(personId, id);
    if (settings.issues.length > 0) throw HubError.invalidInput(settings.issues);
    return oauthHelpOf(plugin, settings.config, redirectUrl);
  }

  async tokenHelp(personId: string, id: string): Promise<TokenHelp> {
    const { settings, tokenHelp } = await this.#open(personId, id);
    if (tokenHelp === undefined) throw HubError.invalidInput(settings.issues);
    return tokenHelp;
  }

  test(personId: string, id: string, { signal }: DraftCallOptions = {}): AsyncIterable<TestLine> {
    return this.#parts.tests.run(personId, id, signal);
  }

  async startSignIn(
    caller: Caller,
    id: string,
    input: Omit<NewSignIn, 'gitProviderId' | 'draftId'>,
    options: DraftCallOptions = {},
  ): Promise<StartedSignIn> {
    const { store, signIns } = this.#parts;
    const { git_provider_id: gitProviderId } = await store.find(caller.personId, id);
    return signIns.start(caller, { ...input, gitProviderId, draftId: id }, options);
  }

  async putToken(personId: string, id: string, input: TokenInput): Promise<DraftView> {
    const { resources, store, opener, revocations } = this.#parts;
    const credential = toCredential(input);
    const { before, after } = await store.change(personId, id, (row) => {
      const { settings, content } = opener.open(row);
      if (settings.issues.length > 0) throw HubError.invalidInput(settings.issues);
      // Nobody but its person ends it: no config is needed for that.
      const columns = signInColumns(resources.vault, id, { credential, config: null }, content.config);
      return { ...columns, identity: null };
    });
    revocations.revoke(before);
    return this.#view(after);
  }

  async organizations(
    personId: string,
    id: string,
    { signal = new AbortController().signal }: DraftCallOptions = {},
  ): Promise<OrganizationList> {
    const { provider, signIn } = await this.#open(personId, id);
    if (provider === undefined || signIn === undefined) {
      throw new HubError(
        'not_connected',
        'Sign in for the test first: what is listed is what your account sees.',
      );
    }
    return withLinks(await organizationsOf(provider.signIn(signIn.credential), signal), forgeLink(provider));
  }

  save(caller: Caller, id: string, options: SaveOptions = {}): Promise<SavedDraft> {
    return this.#parts.saver.save(caller, id, options);
  }

  async #open(personId: string, id: string) {
    const { store, opener } = this.#parts;
    return opener.open(await store.find(personId, id));
  }

  #view(row: Parameters<typeof toDraftView>[0]): DraftView {
    return toDraftView(row, this.#parts.opener.open(row));
  }

  #contentOf(row: GitProviderRow): DraftContent {
    const config = fromJson(row.config);
    return {
      name: row.name,
      config,
      given: { shown: config, secrets: this.#parts.pool.secrets(row) },
      lost: [],
      organizations: fromJson(row.organizations),
      patterns: fromJson(row.patterns),
      syncPolicy: row.sync_policy,
      schedule: scheduleOf(row),
    };
  }
}

/** Without what was left out. */
function given(values: DraftValues): DraftValues {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
}

/** Whether a sign-in that was begun with the one may end with the other. */
function isSameConfig(former: DraftContent, content: DraftContent): boolean {
  return JSON.stringify([former.config, former.given]) === JSON.stringify([content.config, content.given]);
}

function typeFixed({ type }: GitProviderRow): HubError {
  return new HubError(
    'type_fixed',
    `The type of a git provider can't be changed: this one is of type ${JSON.stringify(type)}. Add another git provider instead.`,
  );
}
