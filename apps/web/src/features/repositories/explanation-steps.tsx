import type { ExplainedStep, Explanation } from '@anyforge/client';
import { Alert, Anchor, Stack, Text } from '@mantine/core';
import type { Icon } from '@tabler/icons-react';
import { IconAlertTriangle, IconCircleCheck, IconCircleMinus, IconHelpCircle } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { LinkAnchor } from '../../components/links.js';
import { RelativeTime } from '../../components/relative-time.js';
import { useTextsOf } from '../../texts/use-texts.js';
import { whyTexts } from '../../texts/why.js';
import { detailsOnce } from './details-once.js';
import classes from './explanation-steps.module.css';

interface Look {
  readonly Shape: Icon;
  readonly color: string;
}

const looks: Readonly<Record<ExplainedStep['status'], Look>> = {
  passed: { Shape: IconCircleCheck, color: 'var(--mantine-color-green-filled)' },
  failed: { Shape: IconAlertTriangle, color: 'var(--mantine-color-error)' },
  unknown: { Shape: IconHelpCircle, color: 'var(--mantine-color-dimmed)' },
  skipped: { Shape: IconCircleMinus, color: 'var(--mantine-color-dimmed)' },
};

/** Why I see a repository, or do not: what decides, and all that was looked at on the way. */
export function ExplanationSteps({ explanation }: { readonly explanation: Explanation }): ReactNode {
  const texts = useTextsOf(whyTexts);
  const { gitProviderId, listed, path, verdict, steps } = explanation;
  const details = detailsOnce(steps);
  return (
    <Stack>
      <Alert
        variant="light"
        color={listed ? 'green' : 'yellow'}
        title={listed ? texts.listed(path) : texts.notListed(path)}
      >
        {verdict.detail}{' '}
        {listed ? (
          <LinkAnchor
            to="/repositories"
            search={{ search: path, gitProvider: gitProviderId }}
            inherit
            underline="always"
          >
            {texts.openRepository}
          </LinkAnchor>
        ) : null}
      </Alert>
      <ol className={classes['steps']} aria-label={texts.stepsLabel}>
        {steps.map((step, index) => (
          <Step key={step.step} step={step} detail={details[index]} decides={step.step === verdict.step} />
        ))}
      </ol>
    </Stack>
  );
}

interface StepProps {
  readonly step: Omit<ExplainedStep, 'detail'>;
  readonly detail: string | undefined;
  readonly decides: boolean;
}

function Step({ step, detail, decides }: StepProps): ReactNode {
  const texts = useTextsOf(whyTexts);
  const { Shape, color } = looks[step.status];
  return (
    <li className={classes['step']} data-decides={decides || undefined}>
      <Shape className={classes['sign']} size={20} color={color} aria-hidden />
      <div>
        <Text fw={600}>
          {texts.steps[step.step]}: {texts.statuses[step.status]}
          {step.at === undefined ? null : (
            <>
              {' · '}
              <RelativeTime at={step.at} />
            </>
          )}
          {decides ? ` · ${texts.decides}` : ''}
        </Text>
        {detail === undefined ? null : <Text size="sm">{detail}</Text>}
        {step.repair === undefined ? null : (
          <Text size="sm">
            {step.repair.text}{' '}
            {step.repair.url === undefined ? null : (
              <Anchor href={step.repair.url} target="_blank" rel="noreferrer" inherit underline="always">
                {texts.lookThere}
              </Anchor>
            )}
          </Text>
        )}
      </div>
    </li>
  );
}
