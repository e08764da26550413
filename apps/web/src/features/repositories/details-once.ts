import type { ExplainedStep } from '@anyforge/client';

/**
 * What is said at each step. A step that makes those after it meaningless makes them say the same: the first of them says it,
 * and of the others it is seen that they were not asked.
 */
export function detailsOnce(
  steps: readonly Pick<ExplainedStep, 'status' | 'detail'>[],
): readonly (string | undefined)[] {
  const said = new Set<string>();
  return steps.map(({ status, detail }) => {
    if (status !== 'skipped') return detail;
    if (said.has(detail)) return undefined;
    said.add(detail);
    return detail;
  });
}
