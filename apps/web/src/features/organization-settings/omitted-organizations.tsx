import type { Omission } from '@anyforge/client';
import { Alert, Anchor, Button, List, Stack } from '@mantine/core';
import { IconLock } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { omittedName } from '../../components/omitted-name.js';
import { organizationSettingsTexts } from '../../texts/organization-settings.js';
import { useTextsOf } from '../../texts/use-texts.js';

export interface OmittedOrganizationsProps {
  readonly omitted: readonly Omission[];
  readonly isLooking: boolean;
  readonly onLookAgain: () => void;
}

/** Organizations that have to let the application in first, each with the link where one does that. */
export function OmittedOrganizations({
  omitted,
  isLooking,
  onLookAgain,
}: OmittedOrganizationsProps): ReactNode {
  const { omitted: texts } = useTextsOf(organizationSettingsTexts);
  return (
    <Alert color="pine" icon={<IconLock aria-hidden />} title={texts.title}>
      <Stack gap="sm" align="flex-start">
        <List size="sm">
          {omitted.map((omission, index) => {
            const { organization, reason, url } = omission;
            const path = omittedName(omission, texts.unnamed);
            return (
              <List.Item key={organization.id ?? organization.path ?? index}>
                {texts[reason](path)}{' '}
                {url !== undefined && (
                  <Anchor
                    href={url}
                    target="_blank"
                    rel="noreferrer"
                    size="sm"
                    underline="always"
                    aria-label={texts.linkTo(path)}
                  >
                    {texts.link}
                  </Anchor>
                )}
              </List.Item>
            );
          })}
        </List>
        <Button size="xs" variant="default" loading={isLooking} onClick={onLookAgain}>
          {texts.refresh}
        </Button>
      </Stack>
    </Alert>
  );
}
