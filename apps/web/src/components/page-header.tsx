import { Group, Stack, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { useEffect, useRef } from 'react';
import { useTexts } from '../texts/use-texts.js';
import { useNavigationFocus } from './navigation-focus.js';
import styles from './page-header.module.css';

export interface PageHeaderProps {
  readonly title: string;
  readonly description?: ReactNode;
  /** Buttons, at the end of the line. */
  readonly actions?: ReactNode;
}

/** The heading of a screen, which is the document's title, too. Each screen has one, from its first moment. */
export function PageHeader({ title, description, actions }: PageHeaderProps): ReactNode {
  const { common } = useTexts();
  const heading = useRef<HTMLHeadingElement>(null);
  const focus = useNavigationFocus();
  useEffect(() => {
    document.title = common.documentTitle(title);
  }, [common, title]);
  useEffect(() => {
    // A screen whose first field has the focus is for typing.
    if (focus.take() && !(document.activeElement instanceof HTMLInputElement))
      heading.current?.focus({ preventScroll: true });
  }, [focus, title]);
  return (
    <Group justify="space-between" align="flex-start" gap="sm" mb="md">
      <Stack gap={4}>
        <Title order={1} ref={heading} tabIndex={-1} className={styles['heading']}>
          {title}
        </Title>
        {description !== undefined && (
          <Text c="dimmed" size="sm" maw="44rem">
            {description}
          </Text>
        )}
      </Stack>
      {actions !== undefined && <Group gap="xs">{actions}</Group>}
    </Group>
  );
}
