import type {
  FieldProblem,
  GitProvider,
  GitProviderDraft,
  ListedGitProvider,
  ProviderType,
} from '@anyforge/client';
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useEffectEvent, useMemo, useState } from 'react';
import { draftKeys, draftQuery, draftsOf } from '../../api/git-provider-drafts.js';
import { useApi } from '../../api/use-api.js';
import { writeValue } from '../../components/schema-form/config-values.js';
import type { SchemaField } from '../../components/schema-form/schema-fields.js';
import { fieldsOf } from '../../components/schema-form/schema-fields.js';
import { DraftKeeper } from './draft-keeper.js';
import type { EditorBase } from './editor-base.js';
import { firstBase } from './editor-base.js';
import type { CarriedValues, EditorValues } from './editor-values.js';
import { sayTheSame, valuesOf } from './editor-values.js';
import { isAt } from './field-issues.js';

export interface EditorOptions {
  readonly type: ProviderType;
  /** The git provider that is edited; absent: a new one. */
  readonly gitProvider?: ListedGitProvider | undefined;
  /** What was typed before this page was loaded. */
  readonly formerDraft?: GitProviderDraft | undefined;
  /** What was typed for another type, and is as good for this one. */
  readonly carried?: CarriedValues | undefined;
  /** Told what is typed. */
  readonly onValues?: ((values: EditorValues) => void) | undefined;
  /** Told whenever what is typed is kept in another draft, or in none any more. */
  readonly onDraft: (draftId: string | undefined) => void;
}

/** What the sections of the page share. */
export interface Editor {
  readonly type: ProviderType;
  readonly gitProvider: ListedGitProvider | undefined;
  readonly fields: readonly SchemaField[];
  readonly values: EditorValues;
  readonly draft: GitProviderDraft | undefined;
  readonly keeper: DraftKeeper;
  /** Why what is typed could not be kept; null: it could. */
  readonly keepError: unknown;
  readonly isDirty: boolean;
  /** What was saved when editing began, or was saved by somebody else and taken over. */
  readonly base: EditorBase;
  readonly change: (change: Partial<EditorValues>) => void;
  readonly changeConfig: (path: string, value: unknown) => void;
  readonly issues: readonly FieldProblem[];
  readonly issueAt: (path: string) => string | undefined;
  readonly setIssues: (issues: readonly FieldProblem[]) => void;
  /** Goes on from another saved state, with these values and without the former draft. */
  readonly rebase: (base: EditorBase, values: EditorValues) => void;
  /** Goes on from what was just saved. */
  readonly rebaseOnSaved: (saved: GitProvider) => void;
}

const keepAfterMs = 500;

/** What is typed, and the draft in which it is kept as it is typed, without secrets. */
export function useEditor(options: EditorOptions): Editor {
  const { type, gitProvider, formerDraft, carried, onValues, onDraft } = options;
  const api = useApi();
  const queryClient = useQueryClient();
  const fields = useMemo(() => fieldsOf(type.configSchema), [type.configSchema]);
  const [base, setBase] = useState(() => firstBase(type, gitProvider, formerDraft));
  const [values, setValues] = useState(() =>
    formerDraft === undefined ? { ...base.values, ...carried } : valuesOf(formerDraft),
  );
  const [issues, setIssues] = useState<readonly FieldProblem[]>([]);
  const [keepError, setKeepError] = useState<unknown>(null);
  const [draftId, setDraftId] = useState(formerDraft?.id);

  const [keeper] = useState(
    () =>
      new DraftKeeper({
        drafts: draftsOf(api),
        type: type.type,
        gitProviderId: gitProvider?.id,
        fields,
        former: formerDraft && { id: formerDraft.id, values: valuesOf(formerDraft) },
        onKept: (kept) => {
          queryClient.setQueryData(draftKeys.one(kept.id), kept);
          setKeepError(null);
          setDraftId(kept.id);
        },
      }),
  );
  const tellDraft = useEffectEvent(onDraft);
  useEffect(() => {
    tellDraft(draftId);
  }, [draftId]);
  const tellValues = useEffectEvent((typed: EditorValues) => onValues?.(typed));
  useEffect(() => {
    tellValues(values);
  }, [values]);
  const { data: draft } = useQuery({ ...draftQuery(api, draftId ?? ''), enabled: draftId !== undefined });

  const isDirty = !sayTheSame(fields, base.values, values);
  const [settled] = useDebouncedValue(values, keepAfterMs);
  const keepSettled = useEffectEvent(() => {
    // A new one needs its draft at once: it knows the redirect URL.
    const isWorthwhile = gitProvider === undefined || isDirty;
    if (settled !== values || !isWorthwhile || keeper.isHandingOver) return;
    if (keeper.holds(settled, { secrets: false })) return;
    keeper.keep(settled, { secrets: false }).catch(setKeepError);
  });
  useEffect(() => {
    keepSettled();
  }, [settled]);

  const edit = (edited: EditorValues, isTouched: (path: string) => boolean) => {
    setValues(edited);
    setIssues((former) => former.filter(({ path }) => !isTouched(path)));
  };
  const rebase = (nextBase: EditorBase, nextValues: EditorValues) => {
    setBase(nextBase);
    setValues(nextValues);
    setIssues([]);
    setDraftId(undefined);
    // One that was saved is gone already; another ends by itself should this fail.
    keeper.abandon().catch(() => undefined);
  };
  return {
    type,
    gitProvider,
    fields,
    values,
    draft: draft ?? undefined,
    keeper,
    keepError,
    isDirty,
    base,
    change: (change) => {
      edit({ ...values, ...change }, (path) => Object.keys(change).some((key) => isAt(path, key)));
    },
    changeConfig: (path, value) => {
      const config = writeValue(values.config, path, value);
      edit({ ...values, config }, (touched) => isAt(touched, `config.${path}`));
    },
    issues,
    issueAt: (path) => issues.find((issue) => issue.path === path)?.message,
    setIssues,
    rebase,
    rebaseOnSaved: (saved) => {
      const savedValues = valuesOf(saved);
      rebase({ values: savedValues, version: saved.version, isKnown: true }, savedValues);
    },
  };
}
