import { IconFolders, IconHeartbeat, IconPlugConnected, IconUsers } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { Me } from '../api/session-keeper.js';
import { useTexts } from '../texts/use-texts.js';
import styles from './shell.module.css';

const links = [
  { to: '/repositories', text: 'repositories', Icon: IconFolders, forMembers: true },
  { to: '/git-providers', text: 'gitProviders', Icon: IconPlugConnected, forMembers: true },
  { to: '/people', text: 'people', Icon: IconUsers, forMembers: false },
  { to: '/health', text: 'health', Icon: IconHeartbeat, forMembers: false },
] as const;

/** Where one can go. */
export function NavigationLinks({ role }: Pick<Me, 'role'>): ReactNode {
  const { shell } = useTexts();
  return links
    .filter(({ forMembers }) => forMembers || role === 'administrator')
    .map(({ to, text, Icon }) => (
      <Link key={to} to={to} className={styles['link']} activeOptions={{ includeSearch: false }}>
        <Icon size={18} aria-hidden />
        {shell[text]}
      </Link>
    ));
}
