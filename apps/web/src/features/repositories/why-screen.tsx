import { Skeleton, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { gitProvidersQuery } from '../../api/git-providers.js';
import { explanationQuery } from '../../api/repositories.js';
import { useApi } from '../../api/use-api.js';
import { PageHeader } from '../../components/page-header.js';
import { ProblemAlert } from '../../components/problem-alert.js';
import { useTextsOf } from '../../texts/use-texts.js';
import { whyTexts } from '../../texts/why.js';
import { ExplanationSteps } from './explanation-steps.js';
import { onlySignedIn } from './provider-of-address.js';
import { WhyForm } from './why-form.js';
import { readWhySearch } from './why-search.js';

/** Why do I see a repository, or not? The address is the question, so that it can be passed on. */
export function WhyScreen(): ReactNode {
  const texts = useTextsOf(whyTexts);
  const api = useApi();
  const navigate = useNavigate();
  const { path, gitProvider } = readWhySearch(useSearch({ strict: false }));
  const providers = useQuery(gitProvidersQuery(api));
  const asked = path !== undefined && gitProvider !== undefined;
  const explanation = useQuery({
    ...explanationQuery(api, gitProvider ?? '', path ?? ''),
    enabled: asked,
  });
  return (
    <Stack maw="48rem">
      <PageHeader title={texts.title} description={texts.description} />
      {providers.error === null ? null : <ProblemAlert error={providers.error} />}
      {providers.data === undefined ? <Skeleton height={140} /> : null}
      {providers.data?.length === 0 ? <Text>{texts.noProviders}</Text> : null}
      {providers.data !== undefined && providers.data.length > 0 ? (
        <WhyForm
          providers={providers.data}
          question={{ path, gitProvider }}
          suggestion={onlySignedIn(providers.data)?.id}
          asking={explanation.isFetching}
          onAsk={(question) => {
            const again = question.path === path && question.gitProvider === gitProvider;
            if (again) void explanation.refetch();
            else void navigate({ to: '/why', search: question });
          }}
        />
      ) : null}
      <div role="status">
        {asked && explanation.isPending ? <Skeleton height={420} radius="sm" /> : null}
        {explanation.data === undefined ? null : <ExplanationSteps explanation={explanation.data} />}
      </div>
      {explanation.error === null ? null : <ProblemAlert error={explanation.error} />}
    </Stack>
  );
}
