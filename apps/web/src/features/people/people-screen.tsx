import { Button, Skeleton } from '@mantine/core';
import { IconUserPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useState } from 'react';
import { peopleQuery } from '../../api/people.js';
import { useApi } from '../../api/use-api.js';
import { PageHeader } from '../../components/page-header.js';
import { ProblemAlert } from '../../components/problem-alert.js';
import { RowList } from '../../components/row-list.js';
import { useKeptPlace } from '../../components/use-kept-place.js';
import { peopleTexts } from '../../texts/people.js';
import { useTextsOf } from '../../texts/use-texts.js';
import { InviteDialog } from './invite-dialog.js';
import { PersonRow } from './person-row.js';

/** Everybody with an account, and what an administrator does for them. */
export function PeopleScreen(): ReactNode {
  const texts = useTextsOf(peopleTexts);
  const { data: people, error, refetch } = useQuery(peopleQuery(useApi()));
  const [isInviting, setInviting] = useState(false);
  const inviteButton = useKeptPlace<HTMLButtonElement>(people?.length);
  return (
    <>
      <PageHeader
        title={texts.title}
        description={texts.description}
        actions={
          <Button
            ref={inviteButton}
            leftSection={<IconUserPlus size={18} aria-hidden />}
            onClick={() => {
              setInviting(true);
            }}
          >
            {texts.invite}
          </Button>
        }
      />
      {error !== null && <ProblemAlert error={error} onRetry={() => void refetch()} />}
      {people === undefined && error === null && <Skeleton height={200} />}
      {people !== undefined && (
        <RowList label={texts.title}>
          {people.map((person) => (
            <PersonRow key={person.id} person={person} />
          ))}
        </RowList>
      )}
      <InviteDialog
        opened={isInviting}
        onClose={() => {
          setInviting(false);
        }}
      />
    </>
  );
}
