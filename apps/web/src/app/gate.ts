import { redirect } from '@tanstack/react-router';
import { setUpQuery } from '../api/session.js';
import type { PageContext } from './page-context.js';
import { startPath } from '../features/session/return-path.js';

interface Entering {
  readonly context: PageContext;
  readonly location: { readonly href: string };
}

/** Lets in whoever is signed in; sends others to where that is done, and back afterwards. */
export async function requirePerson({
  context: { api, queryClient, session },
  location,
}: Entering): Promise<void> {
  if ((await session.enter()) !== null) return;
  const { needed } = await queryClient.query(setUpQuery(api));
  if (needed) throw redirect({ to: '/set-up', hash: true });
  throw redirect({ to: '/sign-in', search: { returnTo: location.href } });
}

/** Sends whoever is signed in on to where they wanted to go. */
export async function requireNobody(
  { context: { session } }: Entering,
  returnTo: string | undefined,
): Promise<void> {
  if ((await session.enter()) !== null) throw redirect({ href: returnTo ?? startPath, replace: true });
}
