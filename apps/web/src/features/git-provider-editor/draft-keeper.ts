import type { GitProviderDraft, GitProviderDraftValues, NewGitProviderDraft } from '@anyforge/client';
import { readValue, writeValue } from '../../components/schema-form/config-values.js';
import type { SchemaField } from '../../components/schema-form/schema-fields.js';
import type { DraftValuesOptions, EditorValues } from './editor-values.js';
import { canonical, changedSecrets, toDraftValues } from './editor-values.js';

/** Where drafts are. */
export interface Drafts {
  create(draft: NewGitProviderDraft): Promise<GitProviderDraft>;
  /** Undefined: it is gone. */
  update(id: string, values: GitProviderDraftValues): Promise<GitProviderDraft | undefined>;
  abandon(id: string): Promise<void>;
}

export interface DraftKeeperParts {
  readonly drafts: Drafts;
  readonly type: string;
  /** Absent: the draft is of a new one. */
  readonly gitProviderId?: string | undefined;
  readonly fields: readonly SchemaField[];
  /** A draft to go on with, and what it holds. */
  readonly former?: { readonly id: string; readonly values: EditorValues } | undefined;
  readonly onKept: (draft: GitProviderDraft) => void;
}

const nothingKept = { values: undefined, everything: undefined };

/**
 * Keeps what is typed in a draft on the server: one request at a time, in the order in which it was typed. A draft that
 * was forgotten meanwhile is begun anew.
 */
export class DraftKeeper {
  readonly #parts: DraftKeeperParts;
  #draftId: string | undefined;
  /** The secrets that this draft was given from here. */
  #given: readonly string[] = [];
  /** What was kept last, as text to compare: without secrets, and with them. */
  #kept: Readonly<Record<'values' | 'everything', string | undefined>> = nothingKept;
  #handingOver = 0;
  #queue: Promise<unknown> = Promise.resolve();

  constructor(parts: DraftKeeperParts) {
    this.#parts = parts;
    this.#draftId = parts.former?.id;
    if (parts.former !== undefined) this.#noteKept(parts.former.values, { secrets: true });
  }

  /** Whether all that is typed is on its way to whoever takes the draft: it need not be kept besides. */
  get isHandingOver(): boolean {
    return this.#handingOver > 0;
  }

  /** Whether the draft holds all that is typed, apart from secrets unless they count. */
  holds(values: EditorValues, options: DraftValuesOptions): boolean {
    return this.#kept[options.secrets ? 'everything' : 'values'] === this.#textOf(values, options);
  }

  /** @throws ApiError · ApiUnreachable. The next call tries again. */
  keep(values: EditorValues, options: DraftValuesOptions): Promise<GitProviderDraft> {
    return this.#inTurn(() => this.#keepAndNote(values, options));
  }

  /** Keeps all and hands the draft over; whoever takes it makes an end of it. */
  async handOver<Result>(
    values: EditorValues,
    take: (draft: GitProviderDraft) => Promise<Result>,
  ): Promise<Result> {
    this.#handingOver += 1;
    try {
      return await this.#inTurn(async () => {
        const result = await take(await this.#keepAndNote(values, { secrets: true }));
        this.#release();
        return result;
      });
    } finally {
      this.#handingOver -= 1;
    }
  }

  /** The test's sign-in is ended with it. */
  abandon(): Promise<void> {
    return this.#inTurn(async () => {
      const id = this.#draftId;
      if (id === undefined) return;
      this.#release();
      await this.#parts.drafts.abandon(id);
    });
  }

  #release(): void {
    this.#draftId = undefined;
    this.#given = [];
    this.#kept = nothingKept;
  }

  async #keepAndNote(values: EditorValues, options: DraftValuesOptions): Promise<GitProviderDraft> {
    const draft = await this.#keepNow(values, options);
    this.#draftId = draft.id;
    this.#noteKept(values, options);
    this.#parts.onKept(draft);
    return draft;
  }

  #noteKept(values: EditorValues, options: DraftValuesOptions): void {
    if (options.secrets) this.#given = changedSecrets(this.#parts.fields, values);
    const text = this.#textOf(values, { secrets: false });
    const isAll = options.secrets || changedSecrets(this.#parts.fields, values).length === 0;
    this.#kept = { values: text, everything: isAll ? this.#textOf(values, { secrets: true }) : undefined };
  }

  #textOf(values: EditorValues, options: DraftValuesOptions): string {
    return canonical(toDraftValues(this.#parts.fields, values, options));
  }

  async #keepNow(values: EditorValues, options: DraftValuesOptions): Promise<GitProviderDraft> {
    const { drafts, fields, gitProviderId } = this.#parts;
    const takenBack = options.secrets ? this.#takenBack(values) : [];
    const former = this.#draftId;
    if (former === undefined) return this.#begin(values, options);
    // An empty secret would leave what the draft was given: the stored one comes back only with a draft begun anew.
    if (takenBack.length > 0 && gitProviderId !== undefined) {
      const begun = await this.#begin(values, options);
      await drafts.abandon(former);
      return begun;
    }
    const config = takenBack.reduce((edited, path) => writeValue(edited, path, null), values.config);
    const kept = await drafts.update(former, toDraftValues(fields, { ...values, config }, options));
    return kept ?? (await this.#begin(values, options));
  }

  #begin(values: EditorValues, options: DraftValuesOptions): Promise<GitProviderDraft> {
    const { drafts, type, gitProviderId, fields } = this.#parts;
    return drafts.create({ type, gitProviderId, values: toDraftValues(fields, values, options) });
  }

  /** Secrets that were given from here, and whose fields are empty again. */
  #takenBack({ config }: EditorValues): readonly string[] {
    return this.#given.filter((path) => ['', undefined].some((empty) => readValue(config, path) === empty));
  }

  #inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
    const turn = this.#queue.then(work);
    this.#queue = turn.catch(() => undefined);
    return turn;
  }
}
