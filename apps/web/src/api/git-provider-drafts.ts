import type {
  Client,
  GitProviderDraft,
  GitProviderDraftValues,
  NewGitProviderDraft,
  NewSignIn,
  SavedGitProviderDraft,
  StartedSignIn,
  TokenInput,
} from '@anyforge/client';
import { ApiError } from '@anyforge/client';
import { queryOptions } from '@tanstack/react-query';

export const draftKeys = {
  one: (id: string) => ['git-provider-drafts', id, 'draft'] as const,
  oauthHelp: (id: string, address: string) => ['git-provider-drafts', id, 'oauth-help', address] as const,
  tokenHelp: (id: string, address: string) => ['git-provider-drafts', id, 'token-help', address] as const,
};

/** What I have typed for a git provider and not saved; null when it is gone. */
export function draftQuery(api: Client, id: string) {
  return queryOptions({
    queryKey: draftKeys.one(id),
    queryFn: ({ signal }): Promise<GitProviderDraft | null> =>
      orNullWhenGone(api.GET('/git-provider-drafts/{id}', { params: { path: { id } }, signal })),
    // It changes only through this page, which knows then.
    staleTime: Number.POSITIVE_INFINITY,
  });
}

/** How to register the OAuth application at the address that a draft has. */
export function draftOAuthHelpQuery(api: Client, id: string, address: string) {
  return queryOptions({
    queryKey: draftKeys.oauthHelp(id, address),
    queryFn: ({ signal }) =>
      api.GET('/git-provider-drafts/{id}/oauth-help', { params: { path: { id } }, signal }),
    staleTime: 300_000,
    retry: false,
  });
}

/** How to make a token at the address that a draft has. */
export function draftTokenHelpQuery(api: Client, id: string, address: string) {
  return queryOptions({
    queryKey: draftKeys.tokenHelp(id, address),
    queryFn: ({ signal }) =>
      api.GET('/git-provider-drafts/{id}/token-help', { params: { path: { id } }, signal }),
    staleTime: 300_000,
    retry: false,
  });
}

/** Where an editor keeps what is typed. */
export function draftsOf(api: Client) {
  return {
    create: (draft: NewGitProviderDraft): Promise<GitProviderDraft> =>
      api.POST('/git-provider-drafts', { body: draft }),
    update: async (id: string, values: GitProviderDraftValues): Promise<GitProviderDraft | undefined> =>
      (await orNullWhenGone(
        api.PUT('/git-provider-drafts/{id}', { params: { path: { id } }, body: values }),
      )) ?? undefined,
    abandon: async (id: string): Promise<void> => {
      await orNullWhenGone(api.DELETE('/git-provider-drafts/{id}', { params: { path: { id } } }));
    },
  };
}

/** Starts to sign in at the forge for the test. */
export function startDraftSignIn(
  api: Client,
  id: string,
  body: NewSignIn,
  signal: AbortSignal,
): Promise<StartedSignIn> {
  return api.POST('/git-provider-drafts/{id}/sign-ins', { params: { path: { id } }, body, signal });
}

/** Signs in for the test with a token; the test asks whose it is. */
export function putDraftToken(api: Client, id: string, body: TokenInput): Promise<GitProviderDraft> {
  return api.PUT('/git-provider-drafts/{id}/token', { params: { path: { id } }, body });
}

export interface SaveDraftOptions {
  /** The version that is to be changed; undefined for a new one. */
  readonly version: number | undefined;
  /** How many people I know to have to sign in again. */
  readonly parks?: number | undefined;
}

/** Makes a git provider of a draft, or the change of one. */
export function saveDraft(
  api: Client,
  id: string,
  { version, parks }: SaveDraftOptions,
): Promise<SavedGitProviderDraft> {
  const header = version === undefined ? {} : { 'If-Match': `"${version}"` };
  return api.POST('/git-provider-drafts/{id}/save', { params: { path: { id }, header }, body: { parks } });
}

async function orNullWhenGone<Data>(call: Promise<Data>): Promise<Data | null> {
  try {
    return await call;
  } catch (error) {
    if (error instanceof ApiError && error.code === 'not_found') return null;
    throw error;
  }
}
