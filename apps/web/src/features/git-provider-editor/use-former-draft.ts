import type { GitProviderDraft, SignIn } from '@anyforge/client';
import { useQuery } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import { useState } from 'react';
import { draftQuery } from '../../api/git-provider-drafts.js';
import { signInQuery } from '../../api/sign-ins.js';
import { useApi } from '../../api/use-api.js';
import { pendingSignInOfTab } from '../connections/pending-sign-in.js';
import { returnedSignIn } from '../connections/returned-sign-in.js';

export interface FormerDraft {
  readonly isLoading: boolean;
  readonly error: unknown;
  /** Null: it is gone. Undefined: there was none. */
  readonly draft: GitProviderDraft | null | undefined;
  /** A sign-in for its test that has not been looked at since. */
  readonly signInId: string | undefined;
}

/**
 * What was typed, and who was signing in, before the page was loaded again or came back from the forge.
 *
 * @param draftId as the address had it first; from then on the address follows what happens on the page
 */
export function useFormerDraft(draftId: string | undefined): FormerDraft {
  const api = useApi();
  const [formerId] = useState(draftId);
  const { history } = useRouter();
  const [pendingId] = useState(() =>
    draftId === undefined
      ? undefined
      : (returnedSignIn(history.location.href) ?? pendingSignInOfTab().read()),
  );
  const draft = useQuery({ ...draftQuery(api, formerId ?? ''), enabled: formerId !== undefined });
  const signIn = useQuery({
    ...signInQuery(api, pendingId ?? ''),
    enabled: pendingId !== undefined,
    retry: false,
  });
  return {
    isLoading: draft.isLoading || signIn.isLoading,
    error: draft.error,
    draft: formerId === undefined ? undefined : draft.data,
    signInId: formerId !== undefined && isOfDraft(signIn.data, formerId) ? pendingId : undefined,
  };
}

/** One that is still open at the forge's own page in this window was turned away from. */
function isOfDraft(signIn: SignIn | undefined, draftId: string): boolean {
  if (signIn?.draftId !== draftId) return false;
  return !(signIn.display === 'page' && signIn.state === 'pending');
}
