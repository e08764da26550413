import type { NewSignIn, SignIn, StartedSignIn } from '@anyforge/client';
import { ApiError } from '@anyforge/client';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useEffectEvent, useReducer, useRef } from 'react';
import { signInQuery, withoutAddress } from '../../api/sign-ins.js';
import { useApi } from '../../api/use-api.js';
import { connectionsTexts } from '../../texts/connections.js';
import { useTextsOf } from '../../texts/use-texts.js';
import { pendingSignInOfTab } from './pending-sign-in.js';
import { pollDelay } from './poll-delay.js';
import { hearOfSignIns } from './sign-in-news.js';
import type { SignInView, SignInWay } from './sign-in-progress.js';
import { firstProgress, isOpen, progressSignIn, viewSignIn } from './sign-in-progress.js';
import type { SignInWindow } from './sign-in-window.js';
import { useSignInWindow } from './use-sign-in-window.js';

export interface SignInOptions {
  /** Starts it at the server: for a connection, or for the test of a draft. */
  readonly start: (input: NewSignIn, options: { readonly signal: AbortSignal }) => Promise<StartedSignIn>;
  /** The page to come back to when the forge is shown in this window: a path below the server's address. */
  readonly returnTo: string;
  /** The id of one that an earlier load of the page has started, to go on with. Read when the page is first shown. */
  readonly resumed?: string | undefined;
  readonly onSucceeded: (signIn: SignIn) => void;
}

/** A sign-in at a forge, one at a time. Show it with `SignInDialog`. */
export interface SignInControl {
  readonly view: SignInView;
  /** Has to be called in the click that asks for it, or the browser blocks the window. */
  readonly begin: (way: SignInWay) => void;
  /** Shows the forge's page again whose window was closed, in the click that asks for it. */
  readonly reopen: () => void;
  readonly confirmation: {
    /** Says that this account is mine. */
    readonly give: (accountId: string) => void;
    readonly isPending: boolean;
    readonly error: unknown;
  };
  /** Ends it, and hides what it has come to. */
  readonly cancel: () => void;
}

export function useSignIn({ start, returnTo, resumed, onSucceeded }: SignInOptions): SignInControl {
  const api = useApi();
  const queryClient = useQueryClient();
  const { oneMoment } = useTextsOf(connectionsTexts).signIn;
  const [progress, dispatch] = useReducer(progressSignIn, resumed, firstProgress);
  const starting = useRef<AbortController>(undefined);

  const signInId = progress.step === 'awaiting' ? progress.signInId : undefined;
  const query = useQuery({
    ...signInQuery(api, signInId ?? ''),
    enabled: signInId !== undefined,
    refetchInterval: ({ state }) => (state.data && pollDelay(state.data, Date.now())) ?? false,
    // The window of the forge is the one in front.
    refetchIntervalInBackground: true,
  });
  const { refetch } = query;
  const signIn = signInId === undefined ? undefined : query.data;
  const view = viewSignIn(progress, signIn);

  const isWatched = progress.step === 'awaiting' && progress.window === 'open' && view.kind === 'window';
  const forgeWindow = useSignInWindow(isWatched, () => {
    // It closes itself when all went well: so the server is asked before anything is said.
    void refetch().finally(() => {
      dispatch({ type: 'window-closed' });
    });
  });

  useEffect(() => {
    if (signInId === undefined) return;
    return hearOfSignIns(
      (name) => new BroadcastChannel(name),
      (heardOf) => {
        if (heardOf === signInId) void refetch();
      },
    );
  }, [signInId, refetch]);

  // Nobody is there any more whom it could be shown to; should the server have begun it, it ends by itself.
  useEffect(
    () => () => {
      starting.current?.abort();
    },
    [],
  );

  // Back from the forge by the browser's button, the page may be shown as it was left.
  useEffect(() => {
    const onShow = ({ persisted }: PageTransitionEvent) => {
      if (persisted) dispatch({ type: 'dismissed' });
    };
    window.addEventListener('pageshow', onShow);
    return () => {
      window.removeEventListener('pageshow', onShow);
    };
  }, []);

  const isGone = signIn === undefined && query.error instanceof ApiError && query.error.status === 404;
  const endedId = isGone || (signIn !== undefined && !isOpen(signIn)) ? signInId : undefined;
  const end = useEffectEvent((id: string) => {
    forgeWindow.close();
    pendingSignInOfTab().forget(id);
    if (isGone || signIn?.state === 'succeeded') dispatch({ type: 'dismissed' });
    if (signIn?.state === 'succeeded') onSucceeded(signIn);
  });
  useEffect(() => {
    if (endedId !== undefined) end(endedId);
  }, [endedId]);

  // Whoever declined to sign in to this page again is asked anew by what they do, and that is told by mutations.
  const { mutateAsync: startOnClick } = useMutation({
    mutationFn: ({ input, signal }: { readonly input: NewSignIn; readonly signal: AbortSignal }) =>
      start(input, { signal }),
    gcTime: 0,
  });
  const run = async (way: SignInWay, opened: SignInWindow | undefined) => {
    const abort = new AbortController();
    starting.current = abort;
    try {
      const started = await startOnClick({ input: toInput(way, returnTo), signal: abort.signal });
      if (abort.signal.aborted) return;
      queryClient.setQueryData(signInQuery(api, started.id).queryKey, withoutAddress(started));
      pendingSignInOfTab().remember(started.id);
      const { authorizationUrl } = started;
      if (way === 'here' && authorizationUrl !== undefined) {
        dispatch({ type: 'left' });
        window.location.assign(authorizationUrl);
        return;
      }
      if (authorizationUrl !== undefined) opened?.show(authorizationUrl);
      dispatch({ type: 'started', signIn: started });
    } catch (error) {
      opened?.close();
      if (!abort.signal.aborted) dispatch({ type: 'refused', error });
    }
  };

  const begin = (way: SignInWay) => {
    const opened = way === 'window' ? forgeWindow.open(oneMoment) : undefined;
    if (way === 'window' && opened === undefined) {
      dispatch({ type: 'blocked' });
      return;
    }
    dispatch({ type: 'begun', way });
    void run(way, opened);
  };

  const abandon = (id: string) => {
    pendingSignInOfTab().forget(id);
    // Should this fail, it ends by itself within minutes.
    api.DELETE('/sign-ins/{id}', { params: { path: { id } } }).catch(() => undefined);
  };

  const confirming = useMutation({
    mutationFn: async ({ id, accountId }: { readonly id: string; readonly accountId: string }) => {
      const confirmed = await api.POST('/sign-ins/{id}/confirmation', {
        params: { path: { id } },
        body: { accountId },
      });
      queryClient.setQueryData(signInQuery(api, id).queryKey, confirmed);
    },
    onError: () => refetch(),
  });

  return {
    view,
    begin,
    reopen: () => {
      if (progress.step !== 'awaiting') return;
      const { authorizationUrl } = progress;
      if (authorizationUrl === undefined) {
        abandon(progress.signInId);
        begin('window');
        return;
      }
      const opened = forgeWindow.open(oneMoment);
      opened?.show(authorizationUrl);
      if (opened !== undefined) dispatch({ type: 'window-opened' });
    },
    confirmation: {
      give: (accountId) => {
        if (signInId !== undefined) confirming.mutate({ id: signInId, accountId });
      },
      isPending: confirming.isPending,
      error: confirming.error,
    },
    cancel: () => {
      starting.current?.abort();
      forgeWindow.close();
      confirming.reset();
      if (signIn !== undefined && isOpen(signIn)) abandon(signIn.id);
      dispatch({ type: 'dismissed' });
    },
  };
}

function toInput(way: SignInWay, returnTo: string): NewSignIn {
  return {
    method: way === 'code' ? 'device' : 'redirect',
    display: way === 'here' ? 'page' : 'popup',
    returnTo,
  };
}
