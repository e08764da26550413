import type { GitProviderDraft, ListedGitProvider, OrganizationSettings } from '@anyforge/client';
import { Divider, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { organizationSettingsTexts } from '../../texts/organization-settings.js';
import { useTextsOf } from '../../texts/use-texts.js';
import { EditorSection } from '../../components/editor-section.js';
import { CleanUp } from './clean-up.js';
import { OrganizationLock } from './organization-lock.js';
import { PatternList } from './pattern-list.js';
import { SettingsPreview } from './settings-preview.js';
import { useSettingsPreview } from './use-settings-preview.js';

export interface OrganizationSettingsSectionProps {
  readonly title: string;
  readonly settings: OrganizationSettings;
  readonly onChange: (change: Partial<OrganizationSettings>) => void;
  /** What is wrong with the setting at a path: `patterns.0`. */
  readonly issueAt: (path: string) => string | undefined;
  /** Absent: it is a new one. */
  readonly gitProvider: ListedGitProvider | undefined;
  /** What is typed for it, with the sign-in of the test. */
  readonly draft: GitProviderDraft | undefined;
  /** Whether nothing is typed that is not saved. */
  readonly isSaved: boolean;
}

/** Which repositories people see: of which organizations, by which patterns, and what that does. */
export function OrganizationSettingsSection(props: OrganizationSettingsSectionProps): ReactNode {
  const { title, settings, onChange, issueAt, gitProvider, draft, isSaved } = props;
  const texts = useTextsOf(organizationSettingsTexts);
  const { organizations, patterns } = settings;
  const preview = useSettingsPreview(gitProvider?.id, settings);
  return (
    <EditorSection title={title} description={texts.description}>
      <OrganizationLock
        chosen={organizations}
        onChange={(changed) => {
          onChange({ organizations: changed });
        }}
        error={issueAt('organizations')}
        gitProvider={gitProvider}
        draft={draft}
      />
      <PatternList
        patterns={patterns}
        onChange={(changed) => {
          onChange({ patterns: changed });
        }}
        issueAt={(index) => issueAt(`patterns.${index}`) ?? preview.issueAt(index)}
      />
      <Divider />
      {gitProvider === undefined ? (
        <Text size="sm" c="dimmed">
          {texts.preview.notYet}
        </Text>
      ) : (
        <>
          <SettingsPreview preview={preview} />
          <Divider />
          <CleanUp gitProviderId={gitProvider.id} isSaved={isSaved} />
        </>
      )}
    </EditorSection>
  );
}
