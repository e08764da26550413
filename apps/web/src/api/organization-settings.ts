import type { Client, OrganizationSettings } from '@anyforge/client';
import { keepPreviousData, queryOptions } from '@tanstack/react-query';

export const organizationSettingsKeys = {
  all: ['organization-settings'] as const,
  preview: (gitProviderId: string, settings: OrganizationSettings) =>
    ['organization-settings', gitProviderId, 'preview', settings] as const,
  previews: (gitProviderId: string) => ['organization-settings', gitProviderId] as const,
  outside: (gitProviderId: string) => ['organization-settings', gitProviderId, 'outside'] as const,
};

/** What settings would do to the repositories that are stored. The last numbers stay until there are new ones. */
export function previewQuery(api: Client, gitProviderId: string, settings: OrganizationSettings) {
  return queryOptions({
    queryKey: organizationSettingsKeys.preview(gitProviderId, settings),
    queryFn: ({ signal }) =>
      api.POST('/git-providers/{id}/organization-settings/preview', {
        params: { path: { id: gitProviderId } },
        body: settings,
        signal,
      }),
    placeholderData: keepPreviousData,
    staleTime: 30_000,
    retry: false,
  });
}

/** How many of the stored repositories the saved settings let through no more. */
export function outsideQuery(api: Client, gitProviderId: string) {
  return queryOptions({
    queryKey: organizationSettingsKeys.outside(gitProviderId),
    queryFn: ({ signal }) =>
      api.GET('/git-providers/{id}/clean-up', { params: { path: { id: gitProviderId } }, signal }),
  });
}

/** @param count how many whoever asks expects to be deleted */
export function cleanUp(api: Client, gitProviderId: string, count: number): Promise<undefined> {
  return api.POST('/git-providers/{id}/clean-up', {
    params: { path: { id: gitProviderId } },
    body: { count },
  });
}
