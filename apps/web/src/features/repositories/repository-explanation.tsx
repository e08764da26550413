import type { Repository } from '@anyforge/client';
import { Button, Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useState } from 'react';
import { explanationQuery } from '../../api/repositories.js';
import { useApi } from '../../api/use-api.js';
import { ProblemAlert } from '../../components/problem-alert.js';
import { useTextsOf } from '../../texts/use-texts.js';
import { whyTexts } from '../../texts/why.js';
import { ExplanationSteps } from './explanation-steps.js';

interface RepositoryExplanationProps {
  readonly repository: Pick<Repository, 'gitProviderId' | 'path'>;
}

/** Why I see this repository; asked of the forge when somebody wants to know. */
export function RepositoryExplanation({ repository }: RepositoryExplanationProps): ReactNode {
  const texts = useTextsOf(whyTexts);
  const [asked, setAsked] = useState(false);
  const query = explanationQuery(useApi(), repository.gitProviderId, repository.path);
  const { data, error, isFetching, refetch } = useQuery({ ...query, enabled: asked });
  return (
    <>
      {data === undefined ? (
        <Button
          variant="default"
          style={{ alignSelf: 'start' }}
          loading={isFetching}
          onClick={() => {
            if (asked) void refetch();
            else setAsked(true);
          }}
        >
          {texts.ask}
        </Button>
      ) : (
        <ExplanationSteps explanation={data} />
      )}
      {isFetching && data === undefined ? <Skeleton height={300} radius="sm" /> : null}
      {error === null ? null : <ProblemAlert error={error} />}
    </>
  );
}
