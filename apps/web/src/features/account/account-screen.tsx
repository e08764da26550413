import { Tabs } from '@mantine/core';
import { getRouteApi } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { PageHeader } from '../../components/page-header.js';
import { accountTexts } from '../../texts/account.js';
import { useTextsOf } from '../../texts/use-texts.js';
import { ConfigurationsSection } from '../connections/configurations-section.js';
import { ApiTokensTab } from './api-tokens-tab.js';
import { ProfileTab } from './profile-tab.js';
import { SessionsTab } from './sessions-tab.js';
import styles from './account-screen.module.css';

const route = getRouteApi('/account');

const tabs = [
  { value: 'profile', text: 'profile', Content: ProfileTab },
  { value: 'git-providers', text: 'gitProviders', Content: ConfigurationsSection },
  { value: 'sessions', text: 'sessions', Content: SessionsTab },
  { value: 'api-tokens', text: 'apiTokens', Content: ApiTokensTab },
] as const;

/** What is my own on this server. */
export function AccountScreen(): ReactNode {
  const texts = useTextsOf(accountTexts);
  const { tab } = route.useSearch();
  const navigate = route.useNavigate();
  const shown = tabs.find(({ value }) => value === tab) ?? tabs[0];
  return (
    <>
      <PageHeader title={texts.title} />
      <Tabs
        value={shown.value}
        keepMounted={false}
        onChange={(value) => {
          void navigate({ search: { tab: value ?? undefined }, replace: true });
        }}
      >
        <Tabs.List aria-label={texts.tabs.label} mb="lg" className={styles['tabs'] ?? ''}>
          {tabs.map(({ value, text }) => (
            <Tabs.Tab key={value} value={value}>
              {texts.tabs[text]}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        {tabs.map(({ value, Content }) => (
          <Tabs.Panel key={value} value={value} maw="44rem">
            <Content />
          </Tabs.Panel>
        ))}
      </Tabs>
    </>
  );
}
