import type { ListedGitProvider, SavedGitProviderDraft } from '@anyforge/client';
import { ApiError } from '@anyforge/client';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { refreshAfterSignIn } from '../../api/connections.js';
import { saveDraft } from '../../api/git-provider-drafts.js';
import { gitProviderQuery } from '../../api/git-providers.js';
import { organizationSettingsKeys } from '../../api/organization-settings.js';
import { useApi } from '../../api/use-api.js';
import { useOneAtATime } from '../../components/use-one-at-a-time.js';
import { valuesOf } from './editor-values.js';
import { issuesOf } from './field-issues.js';
import type { EditorBase } from './editor-base.js';
import type { Editor } from './use-editor.js';

export interface Saving {
  readonly save: () => void;
  readonly isSaving: boolean;
  /** Why it was not saved, unless that is asked or told otherwise; null: nothing is wrong. */
  readonly error: unknown;
  /** How often it was refused: what is wrong can be shown each time. */
  readonly refusals: number;
  /** How many people have to sign in again, to be confirmed. */
  readonly parks:
    { readonly count: number; readonly confirm: () => void; readonly cancel: () => void } | undefined;
  /** What somebody else has saved meanwhile. */
  readonly conflict: { readonly theirs: EditorBase; readonly settle: () => void } | undefined;
}

/** Saves what is typed: all at once, or not at all. */
export function useSave(editor: Editor, onSaved: (saved: SavedGitProviderDraft) => void): Saving {
  const api = useApi();
  const queryClient = useQueryClient();
  const { keeper, values, base, gitProvider, change, setIssues } = editor;
  const [parked, setParked] = useState<number>();
  // What a former load of the page began from may be saved over already.
  const [theirs, setTheirs] = useState(() =>
    base.isKnown || gitProvider === undefined ? undefined : savedBase(gitProvider),
  );
  const [refusals, setRefusals] = useState(0);

  const saving = useMutation({
    mutationFn: (parks: number | undefined) =>
      keeper.handOver(values, ({ id }) => saveDraft(api, id, { version: base.version, parks })),
    // What is secret is kept nowhere once it was sent.
    gcTime: 0,
    onSuccess: async (saved) => {
      setParked(undefined);
      const { id } = saved.gitProvider;
      // Whoever leaves now and comes back edits what was saved, not what was before.
      queryClient.setQueryData(
        gitProviderQuery(api, id).queryKey,
        (former) => former && { ...former, ...saved.gitProvider },
      );
      onSaved(saved);
      await Promise.all([
        refreshAfterSignIn(queryClient),
        queryClient.invalidateQueries({ queryKey: organizationSettingsKeys.previews(id) }),
      ]);
    },
    onError: async (error) => {
      setParked(isOfCode(error, 'parks_connections') ? error.count : undefined);
      setIssues(issuesOf(error));
      setRefusals((times) => times + 1);
      if (gitProvider === undefined || !isOfCode(error, 'version_conflict')) return;
      const current = await queryClient.query({
        ...gitProviderQuery(api, gitProvider.id),
        staleTime: 0,
      });
      setTheirs(savedBase(current));
    },
  });
  const begin = useOneAtATime(saving);
  const isAsked = parked !== undefined || theirs !== undefined;
  return {
    save: () => {
      begin(() => {
        // So that what the server says of a pattern is said at the right one.
        const patterns = values.patterns.filter((pattern) => pattern.trim() !== '');
        if (patterns.length < values.patterns.length) change({ patterns });
        saving.mutate(undefined);
      });
    },
    isSaving: saving.isPending,
    error: isAsked ? null : saving.error,
    refusals,
    parks:
      parked === undefined
        ? undefined
        : {
            count: parked,
            confirm: () => {
              begin(() => {
                saving.mutate(parked);
              });
            },
            cancel: () => {
              setParked(undefined);
              saving.reset();
            },
          },
    conflict:
      theirs === undefined
        ? undefined
        : {
            theirs,
            settle: () => {
              setTheirs(undefined);
              saving.reset();
            },
          },
  };
}

function savedBase(gitProvider: ListedGitProvider): EditorBase {
  return { values: valuesOf(gitProvider), version: gitProvider.version, isKnown: true };
}

function isOfCode(error: unknown, code: string): error is ApiError {
  return error instanceof ApiError && error.code === code;
}
