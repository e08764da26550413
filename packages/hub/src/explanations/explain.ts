import type { ExplainedStep, Explanation, ExplanationStep } from './explanation.js';
import { explanationSteps } from './explanation.js';
import { dependsOnEarlierStep, explainStep } from './explain-steps.js';
import type { Facts } from './facts.js';

/** Goes through the steps, and says which of them decides. */
export function explain(facts: Facts): Pick<Explanation, 'steps' | 'verdict'> {
  const steps = explanationSteps.map((step): ExplainedStep => ({ step, ...findingOf(step, facts) }));
  return { steps, verdict: judge(steps, facts) };
}

function findingOf(step: ExplanationStep, facts: Facts): Omit<ExplainedStep, 'step'> {
  const { connection, providerName } = facts;
  if (step === 'signed_in') {
    return connection === undefined
      ? {
          status: 'failed',
          detail: `You are not signed in to ${providerName}.`,
          repair: { text: `Sign in to ${providerName}.` },
        }
      : { status: 'passed', detail: `You are signed in to ${providerName} as ${connection.username}.` };
  }
  if (connection === undefined) return dependsOnEarlierStep;
  return explainStep[step](connection, facts);
}

function judge(steps: readonly ExplainedStep[], { listed, connection }: Facts): Explanation['verdict'] {
  if (listed) return { detail: 'It is in your list.' };
  const decides =
    steps.find(({ status }) => status === 'failed') ??
    (connection?.answer.kind === 'found' ? undefined : steps.find(({ status }) => status === 'unknown'));
  if (decides !== undefined) return { step: decides.step, detail: decides.detail };
  return { detail: 'Nothing stands in its way: the next sync lists it.' };
}
