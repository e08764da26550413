import type { ListedGitProvider } from '@anyforge/client';
import { notifications } from '@mantine/notifications';
import { useQueryClient } from '@tanstack/react-query';
import { refreshAfterSignIn, startSignIn } from '../../api/connections.js';
import { useApi } from '../../api/use-api.js';
import { connectionsTexts } from '../../texts/connections.js';
import { useTextsOf } from '../../texts/use-texts.js';
import type { SignInControl } from './use-sign-in.js';
import { useSignIn } from './use-sign-in.js';

export interface ConnectionSignInOptions {
  readonly gitProvider: Pick<ListedGitProvider, 'id' | 'name'>;
  /** The page to come back to when the forge is shown in this window: a path below the server's address. */
  readonly returnTo: string;
  /** The id of one that an earlier load of the page has started. */
  readonly resumed?: string | undefined;
}

/** My sign-in at a git provider; what it changes is shown everywhere at once. */
export function useConnectionSignIn({
  gitProvider,
  returnTo,
  resumed,
}: ConnectionSignInOptions): SignInControl {
  const api = useApi();
  const queryClient = useQueryClient();
  const { succeeded } = useTextsOf(connectionsTexts).signIn;
  return useSignIn({
    start: (input, { signal }) => startSignIn(api, gitProvider.id, input, signal),
    returnTo,
    resumed,
    onSucceeded: ({ id, account }) => {
      void refreshAfterSignIn(queryClient);
      notifications.show({
        id: `sign-in-${id}`,
        color: 'green',
        title: succeeded.title(gitProvider.name),
        message: account === undefined ? succeeded.withoutName : succeeded.message(account.username),
      });
    },
  });
}
