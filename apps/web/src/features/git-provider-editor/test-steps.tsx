import { Anchor, List, Loader, Text, ThemeIcon, VisuallyHidden } from '@mantine/core';
import { IconCheck, IconClock, IconMinus, IconPoint, IconX } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { gitProviderEditorTexts } from '../../texts/git-provider-editor.js';
import { useTextsOf } from '../../texts/use-texts.js';
import type { TestStep } from './test-progress.js';
import { isHeldUp } from './test-progress.js';

export interface TestStepsProps {
  readonly steps: readonly TestStep[];
  /** Whether somebody does already what is waited for. */
  readonly isSigningIn: boolean;
}

/** The steps of a test, each with what came of it and what to do about it. */
export function TestSteps({ steps, isSigningIn }: TestStepsProps): ReactNode {
  const { test: texts } = useTextsOf(gitProviderEditorTexts);
  return (
    <List listStyleType="none" spacing="xs" center={false} aria-label={texts.steps}>
      {steps.map((step) => (
        <List.Item key={step.step} icon={<StepIcon status={step.status} />}>
          <Step
            step={
              (isSigningIn && step.status === 'waiting') || isHeldUp(steps, step) ? withoutWords(step) : step
            }
          />
        </List.Item>
      ))}
    </List>
  );
}

function withoutWords({ detail: _, repair: __, ...step }: TestStep): TestStep {
  return step;
}

function Step({ step: { title, status, detail, repair } }: { readonly step: TestStep }): ReactNode {
  const { test: texts } = useTextsOf(gitProviderEditorTexts);
  return (
    <>
      <Text component="span" size="sm" fw={500} {...(status === 'pending' && { c: 'dimmed' })}>
        {title}
      </Text>
      {status === 'skipped' ? (
        <Text component="span" size="sm" c="dimmed">
          : {texts.statuses.skipped}
        </Text>
      ) : (
        <VisuallyHidden>: {texts.statuses[status]}</VisuallyHidden>
      )}
      {detail !== undefined && (
        <Text size="sm" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
          {detail}
        </Text>
      )}
      {repair !== undefined && (
        <Text size="sm">
          {repair.url === undefined ? (
            repair.text
          ) : (
            <Anchor href={repair.url} target="_blank" rel="noreferrer" size="sm">
              {repair.text}
            </Anchor>
          )}
        </Text>
      )}
    </>
  );
}

const looks = {
  passed: { color: 'green', Icon: IconCheck },
  failed: { color: 'red', Icon: IconX },
  waiting: { color: 'pine', Icon: IconClock },
  skipped: { color: 'gray', Icon: IconMinus },
  pending: { color: 'gray', Icon: IconPoint },
} as const;

function StepIcon({ status }: Pick<TestStep, 'status'>): ReactNode {
  if (status === 'running') return <Loader size={20} aria-hidden />;
  const { color, Icon } = looks[status];
  return (
    <ThemeIcon size={20} radius="xl" color={color} variant="light" aria-hidden>
      <Icon size={14} />
    </ThemeIcon>
  );
}
