import type { Repository } from '@anyforge/client';
import { Badge, Group, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { ProviderLogo } from '../../components/provider-logo.js';
import { LinkAnchor } from '../../components/links.js';
import { RelativeTime } from '../../components/relative-time.js';
import { repositoriesTexts } from '../../texts/repositories.js';
import { repositoryTexts } from '../../texts/repository.js';
import { useTextsOf } from '../../texts/use-texts.js';
import classes from './repository-facts.module.css';
import type { ProviderLook } from '../syncs/use-provider-looks.js';
import { permissionHint } from './permission-hint.js';

interface RepositoryFactsProps {
  readonly repository: Repository;
  readonly provider: ProviderLook | undefined;
}

/** What is known of a repository. */
export function RepositoryFacts({ repository, provider }: RepositoryFactsProps): ReactNode {
  const texts = useTextsOf(repositoriesTexts);
  const facts = useTextsOf(repositoryTexts);
  const { namespace, permission, archived, fork, updatedAt } = repository;
  const providerName = provider?.name ?? texts.unknownProvider;
  return (
    <dl className={classes['facts']}>
      <Fact name={facts.gitProvider}>
        <Group gap="xs" wrap="nowrap">
          <ProviderLogo logo={provider?.logo} size={20} />
          {providerName}
        </Group>
      </Fact>
      <Fact name={facts.organization}>
        {namespace === '' ? (
          '–'
        ) : (
          <LinkAnchor to="/repositories" search={{ organization: namespace }} inherit>
            {namespace}
          </LinkAnchor>
        )}
      </Fact>
      <Fact name={facts.permission}>
        <Text inherit fw={600} component="span">
          {texts.levels[permission.level]}
        </Text>
        <Text size="sm" c="dimmed">
          {permissionHint(permission, providerName, texts)}
        </Text>
      </Fact>
      <Fact name={facts.visibility}>
        <Group gap="xs">
          {texts.visibility[repository.visibility]}
          {archived ? (
            <Badge tt="none" variant="default">
              {texts.archived}
            </Badge>
          ) : null}
          {fork === true ? (
            <Badge tt="none" variant="default">
              {texts.fork}
            </Badge>
          ) : null}
        </Group>
      </Fact>
      <Fact name={facts.defaultBranch}>{repository.defaultBranch ?? texts.notKnown}</Fact>
      <Fact name={facts.activity}>
        {updatedAt === undefined ? texts.notKnown : <RelativeTime at={updatedAt} />}
      </Fact>
      <Fact name={facts.observed}>
        <RelativeTime at={repository.observedAt} />
      </Fact>
      <Fact name={facts.forgeId}>{repository.forgeId}</Fact>
    </dl>
  );
}

function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }): ReactNode {
  return (
    <div className={classes['fact']}>
      <dt className={classes['name']}>{name}</dt>
      <dd className={classes['value']}>{children}</dd>
    </div>
  );
}
