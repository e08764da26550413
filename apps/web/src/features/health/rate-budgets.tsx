import type { ListedGitProvider } from '@anyforge/client';
import { Group, Progress, Stack, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { RelativeTime } from '../../components/relative-time.js';
import { healthTexts } from '../../texts/health.js';
import { useTextsOf } from '../../texts/use-texts.js';

type Budget = NonNullable<ListedGitProvider['health']>['rateBudgets'][number];

/** What is left of the forge's rate limits, as far as it has told. */
export function RateBudgets({ budgets }: { readonly budgets: readonly Budget[] }): ReactNode {
  const texts = useTextsOf(healthTexts);
  return (
    <Stack gap="sm">
      <Title order={3} size="h5">
        {texts.rateBudgets}
      </Title>
      {budgets.length === 0 ? (
        <Text size="sm" c="dimmed">
          {texts.noBudgets}
        </Text>
      ) : null}
      {budgets.map((budget) => (
        <BudgetLine key={`${budget.per} ${budget.name}`} budget={budget} />
      ))}
    </Stack>
  );
}

function BudgetLine({ budget }: { readonly budget: Budget }): ReactNode {
  const texts = useTextsOf(healthTexts);
  const { per, limit, remaining, resetAt } = budget;
  const name = budget.name === '*' ? texts.allRequests : budget.name;
  const percent = limit > 0 ? Math.min(100, (remaining / limit) * 100) : 0;
  return (
    <Stack gap={4}>
      <Group justify="space-between" gap="xs">
        <Text size="sm" fw={600}>
          {name}
        </Text>
        <Text size="sm">{texts.budget(remaining, limit)}</Text>
      </Group>
      <Progress
        size="md"
        value={percent}
        color={percent < lowPercent ? 'yellow' : 'green'}
        aria-label={texts.budgetLabel(name)}
      />
      <Text size="xs" c="dimmed">
        {texts.budgetFor(texts.budgetPer[per])} · {texts.resets} <RelativeTime at={resetAt} ahead />
      </Text>
    </Stack>
  );
}

/** Below that, syncs may have to wait soon. */
const lowPercent = 15;
