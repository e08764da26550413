import { Burger } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { Link, useRouterState } from '@tanstack/react-router';
import type { KeyboardEvent, ReactNode } from 'react';
import { useEffect, useRef } from 'react';
import type { Me } from '../api/session-keeper.js';
import { useTexts } from '../texts/use-texts.js';
import { AccountMenu } from './account-menu.js';
import { NavigationLinks } from './navigation-links.js';
import { SignedOutBanner } from './signed-out-banner.js';
import { UnreachableBanner } from './unreachable-banner.js';
import { Wordmark } from './wordmark.js';
import styles from './shell.module.css';

export interface ShellProps {
  readonly me: Me;
  readonly syncMenu: ReactNode;
  readonly children: ReactNode;
}

/** What surrounds every screen of somebody who is signed in: the navigation bar, and what concerns all of the page. */
export function Shell({ me, syncMenu, children }: ShellProps): ReactNode {
  const { common, shell } = useTexts();
  const [isOpen, { toggle, close }] = useDisclosure();
  const burger = useRef<HTMLButtonElement>(null);
  const main = useRef<HTMLElement>(null);
  const pathname = useRouterState({ select: ({ location }) => location.pathname });
  useEffect(close, [close, pathname]);
  const closeByKey = ({ key }: KeyboardEvent) => {
    if (key !== 'Escape') return;
    close();
    burger.current?.focus();
  };
  return (
    <>
      <a
        className={styles['skip']}
        href="#content"
        onClick={(event) => {
          // The address stays: it belongs to the router, and is another page's to a plain fragment.
          event.preventDefault();
          main.current?.focus();
        }}
      >
        {shell.skipToContent}
      </a>
      <header className={styles['header']}>
        <div className={styles['bar']}>
          <Burger
            ref={burger}
            className={styles['burger'] ?? ''}
            size="sm"
            opened={isOpen}
            onClick={toggle}
            aria-expanded={isOpen}
            aria-label={isOpen ? shell.closeNavigation : shell.openNavigation}
          />
          {/* On a phone there is room for its sign only. */}
          <Link to="/repositories" className={styles['home']} aria-label={common.appName}>
            <Wordmark />
          </Link>
          <nav className={styles['navigation']} aria-label={shell.mainNavigation}>
            <NavigationLinks role={me.role} />
          </nav>
          <div className={styles['spacer']} />
          {syncMenu}
          <AccountMenu me={me} />
        </div>
        {isOpen && (
          <nav className={styles['drawer']} aria-label={shell.mainNavigation} onKeyDown={closeByKey}>
            <NavigationLinks role={me.role} />
          </nav>
        )}
        <UnreachableBanner />
        <SignedOutBanner />
      </header>
      <main ref={main} id="content" tabIndex={-1} className={styles['main']}>
        {children}
      </main>
    </>
  );
}
