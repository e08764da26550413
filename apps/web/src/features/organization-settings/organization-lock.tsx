import type { GitProviderDraft, ListedGitProvider, LockedOrganization } from '@anyforge/client';
import { Alert, MultiSelect, Stack } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { ProblemAlert } from '../../components/problem-alert.js';
import { organizationSettingsTexts } from '../../texts/organization-settings.js';
import { useTextsOf } from '../../texts/use-texts.js';
import { OmittedOrganizations } from './omitted-organizations.js';
import { SignInNeeded } from './sign-in-needed.js';
import { organizationSourceOf } from './organization-source.js';
import { useApi } from '../../api/use-api.js';
import { organizationsOfQuery } from './organizations-of-query.js';
import { choicesOf, chosenOf } from './organization-choices.js';

export interface OrganizationLockProps {
  readonly chosen: readonly LockedOrganization[];
  readonly onChange: (chosen: readonly LockedOrganization[]) => void;
  readonly error: string | undefined;
  readonly gitProvider: ListedGitProvider | undefined;
  readonly draft: GitProviderDraft | undefined;
}

/** Chooses among the organizations that my own account sees. */
export function OrganizationLock({
  chosen,
  onChange,
  error,
  gitProvider,
  draft,
}: OrganizationLockProps): ReactNode {
  const texts = useTextsOf(organizationSettingsTexts);
  const api = useApi();
  const source = organizationSourceOf(gitProvider, draft);
  const organizations = useQuery(organizationsOfQuery(api, source));
  const choices = choicesOf(organizations.data?.items ?? [], chosen);
  return (
    <Stack gap="sm">
      {source.kind === 'none' && (
        <SignInNeeded needed={source.needed} gitProvider={gitProvider} draftId={draft?.id} />
      )}
      {(source.kind !== 'none' || chosen.length > 0) && (
        <MultiSelect
          label={texts.lock}
          description={texts.lockDescription}
          placeholder={chosen.length === 0 ? texts.lockPlaceholder : undefined}
          data={choices}
          value={chosen.map(({ id }) => id)}
          onChange={(ids) => {
            onChange(chosenOf(ids, choices));
          }}
          searchable
          clearable
          hidePickedOptions
          limit={100}
          loading={organizations.isFetching}
          nothingFoundMessage={choices.length === 0 ? texts.noneAtAll : texts.none}
          error={error}
        />
      )}
      {chosen.length === 0 && (
        <Alert color="yellow" icon={<IconAlertTriangle aria-hidden />}>
          {texts.personal}
        </Alert>
      )}
      {organizations.error !== null && <ProblemAlert error={organizations.error} />}
      {organizations.data !== undefined && organizations.data.omitted.length > 0 && (
        <OmittedOrganizations
          omitted={organizations.data.omitted}
          isLooking={organizations.isFetching}
          onLookAgain={() => void organizations.refetch()}
        />
      )}
    </Stack>
  );
}
