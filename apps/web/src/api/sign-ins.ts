import type { Client, SignIn, StartedSignIn } from '@anyforge/client';
import { queryOptions } from '@tanstack/react-query';

const signInKeys = {
  one: (id: string) => ['sign-ins', id] as const,
};

/** How a sign-in of mine stands. Asking for one with a code is what asks the forge. */
export function signInQuery(client: Client, id: string) {
  return queryOptions({
    queryKey: signInKeys.one(id),
    queryFn: ({ signal }): Promise<SignIn> =>
      client.GET('/sign-ins/{id}', { params: { path: { id } }, signal }),
    staleTime: 0,
    // Nobody looks at it again once it has ended.
    gcTime: 60_000,
  });
}

/** What is kept of a sign-in that was just started: the forge's page is for whoever started it alone. */
export function withoutAddress({ authorizationUrl: _told, ...signIn }: StartedSignIn): SignIn {
  return signIn;
}
