import type { SignIn } from '@anyforge/client';
import { useQuery } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useEffect, useState } from 'react';
import { gitProvidersQuery } from '../../api/git-providers.js';
import { signInQuery } from '../../api/sign-ins.js';
import { useApi } from '../../api/use-api.js';
import { pendingSignInOfTab } from './pending-sign-in.js';
import { returnedSignIn, withoutReturnedSignIn } from './returned-sign-in.js';
import { SignInDialog } from './sign-in-dialog.js';
import { useConnectionSignIn } from './use-connection-sign-in.js';

/**
 * Goes on with the sign-in that this tab waited for before it was loaded again, or went to the forge itself; shows what
 * it has come to. One for the test of a git provider is shown where that is.
 *
 * @param returnTo the page that it is on: a path below the server's address
 */
export function ResumedSignIn({ returnTo }: { readonly returnTo: string }): ReactNode {
  const { history } = useRouter();
  const [signInId] = useState(() => returnedSignIn(history.location.href) ?? pendingSignInOfTab().read());
  return signInId === undefined ? null : <Looked signInId={signInId} returnTo={returnTo} />;
}

interface LookedProps {
  readonly signInId: string;
  readonly returnTo: string;
}

function Looked({ signInId, returnTo }: LookedProps): ReactNode {
  const api = useApi();
  const { data: signIn, error } = useQuery(signInQuery(api, signInId));
  const gitProviders = useQuery(gitProvidersQuery(api));
  const isLeft = signIn?.display === 'page' && signIn.state === 'pending';

  useEffect(() => {
    if (error !== null) pendingSignInOfTab().forget(signInId);
  }, [error, signInId]);
  useEffect(() => {
    if (!isLeft) return;
    // Whoever comes back without an answer has turned round at the forge. Should this fail, it ends by itself soon.
    pendingSignInOfTab().forget(signInId);
    api.DELETE('/sign-ins/{id}', { params: { path: { id: signInId } } }).catch(() => undefined);
  }, [api, isLeft, signInId]);

  if (signIn?.purpose !== 'connection' || isLeft) return null;
  const gitProvider = gitProviders.data?.find(({ id }) => id === signIn.gitProviderId);
  return gitProvider && <Resumed signIn={signIn} gitProvider={gitProvider} returnTo={returnTo} />;
}

interface ResumedProps {
  readonly signIn: SignIn;
  readonly gitProvider: { readonly id: string; readonly name: string };
  readonly returnTo: string;
}

function Resumed({ signIn, gitProvider, returnTo }: ResumedProps): ReactNode {
  const { history } = useRouter();
  useEffect(() => {
    // A reload, or a link that was copied, is not to tell of it again.
    const { href } = history.location;
    if (returnedSignIn(href) !== undefined) history.replace(withoutReturnedSignIn(href));
  }, [history]);
  const control = useConnectionSignIn({ gitProvider, returnTo, resumed: signIn.id });
  return <SignInDialog signIn={control} name={gitProvider.name} />;
}
