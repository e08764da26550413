import axe from 'axe-core';
import type { Page } from 'playwright-core';

/** What is demanded: WCAG 2.2 AA, with all that it is built upon. */
const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

/** Waits until nothing moves: what fades in has the contrast of neither its beginning nor its end. */
const stillness = `Promise.all(document.getAnimations()
  .filter((animation) => Number.isFinite(animation.effect?.getComputedTiming().endTime))
  .map((animation) => animation.finished.catch(() => undefined)))
  .then(() => undefined)`;

interface Found {
  readonly id: string;
  readonly help: string;
  readonly nodes: readonly { readonly target: readonly unknown[]; readonly failureSummary?: string }[];
}

/** Looks at the page as it is now. @returns each violation, in words */
export async function violationsOn(page: Page): Promise<readonly string[]> {
  // Evaluated by the debugger, to which the page's Content Security Policy does not apply.
  if (!(await page.evaluate<boolean>("typeof axe === 'object'"))) await page.evaluate(axe.source);
  await page.evaluate(stillness);
  const run = `axe.run({ runOnly: ${JSON.stringify(tags)}, resultTypes: ['violations'] })
    .then(({ violations }) => violations.map(({ id, help, nodes }) => ({
      id, help, nodes: nodes.map(({ target, failureSummary }) => ({ target, failureSummary })),
    })))`;
  const found = await page.evaluate<readonly Found[]>(run);
  return found.flatMap(({ id, help, nodes }) =>
    nodes.map(
      ({ target, failureSummary = '' }) => `${id} (${help})\n  ${String(target)}\n  ${failureSummary}`,
    ),
  );
}
