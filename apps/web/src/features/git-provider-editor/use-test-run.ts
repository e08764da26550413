import type { FieldProblem, GitProviderDraft } from '@anyforge/client';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useEffect, useReducer, useRef, useState } from 'react';
import { draftKeys, startDraftSignIn } from '../../api/git-provider-drafts.js';
import { useApi } from '../../api/use-api.js';
import type { SignInControl } from '../connections/use-sign-in.js';
import { useSignIn } from '../connections/use-sign-in.js';
import type { TestProgress } from './test-progress.js';
import { awaitedSignIn, noTest, progressTest } from './test-progress.js';

export interface TestRunOptions {
  /** Keeps what is typed, secrets and all: that is what is tested. */
  readonly keep: () => Promise<GitProviderDraft>;
  /** The page to come back to from a forge that is shown in this window. */
  readonly returnTo: (draftId: string) => string;
  /** A sign-in that an earlier load of the page has started. */
  readonly resumed: string | undefined;
  readonly onIssues: (issues: readonly FieldProblem[]) => void;
  /** This window is about to show the forge's page; what is typed is kept. */
  readonly onLeaving: () => void;
}

export interface TestRun {
  readonly progress: TestProgress;
  readonly isRunning: boolean;
  /** Why a test could not be made; null: it could. */
  readonly error: unknown;
  readonly signIn: SignInControl;
  /** Tests, and signs in when the steps get there; has to be called in the click that asks for it. */
  readonly runWithSignIn: () => void;
  /** Signs in anew, and tests again; in the click that asks for it, too. */
  readonly signInAnew: () => void;
  /** Tests with the sign-in that there is. */
  readonly run: () => void;
  readonly stop: () => void;
}

/** The test of a draft, with the sign-in that it takes. */
export function useTestRun({ keep, returnTo, resumed, onIssues, onLeaving }: TestRunOptions): TestRun {
  const api = useApi();
  const queryClient = useQueryClient();
  const [progress, dispatch] = useReducer(progressTest, noTest);
  const [isRunning, setIsRunning] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const running = useRef<AbortController>(undefined);
  useEffect(() => () => running.current?.abort(), []);

  const test = async (): Promise<{ readonly draft: GitProviderDraft; readonly progress: TestProgress }> => {
    running.current?.abort();
    const abort = new AbortController();
    running.current = abort;
    dispatch({ kind: 'begun' });
    setError(null);
    setIsRunning(true);
    try {
      const draft = await keep();
      let told = noTest;
      for await (const line of api.testDraft(draft.id, { signal: abort.signal })) {
        told = progressTest(told, line);
        dispatch(line);
      }
      onIssues(told.steps.flatMap(({ fields }) => fields ?? []));
      // It has learned whose the sign-in is.
      await queryClient.invalidateQueries({ queryKey: draftKeys.one(draft.id) });
      return { draft, progress: told };
    } catch (failure) {
      if (!abort.signal.aborted) setError(failure);
      dispatch({ kind: 'stopped' });
      throw failure;
    } finally {
      if (running.current === abort) setIsRunning(false);
    }
  };
  // Whoever declined to sign in again is asked anew by what they do, and that is told by mutations.
  const { mutateAsync: testOnClick } = useMutation({ mutationFn: test, gcTime: 0 });
  const run = () => {
    testOnClick().catch(() => undefined);
  };

  const startsAtOnce = useRef(false);
  const testUntilSignIn = async (): Promise<GitProviderDraft> => {
    const tested = await testOnClick().catch(() => undefined);
    if (tested !== undefined && awaitedSignIn(tested.progress) !== undefined) return tested.draft;
    // What there is to say stands beside the steps.
    signIn.cancel();
    throw new Error('The test waits for no sign-in.');
  };
  const begin = (atOnce: boolean) => {
    startsAtOnce.current = atOnce;
    signIn.begin('window');
  };

  const signIn = useSignIn({
    start: async (input, { signal }) => {
      const draft = await (startsAtOnce.current ? keep() : testUntilSignIn());
      const { id } = draft;
      const started = await startDraftSignIn(api, id, { ...input, returnTo: returnTo(id) }, signal);
      if (input.display === 'page') onLeaving();
      return started;
    },
    returnTo: '/git-providers',
    resumed,
    onSucceeded: run,
  });
  return {
    progress,
    isRunning,
    error,
    signIn,
    run,
    runWithSignIn: () => {
      begin(false);
    },
    signInAnew: () => {
      begin(true);
    },
    stop: () => {
      running.current?.abort();
      signIn.cancel();
    },
  };
}
