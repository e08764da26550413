import type { Organization } from '@anyforge/forge-simulator';
import type { TortureForge } from '../forges/torture-forge.js';
import type { Selection } from '../oracle/facts.js';
import type { Scope } from '../plan/plan.js';

/** The settings that a planned scope is in this world. */
export function selectionOf(forge: TortureForge, scope: Scope): Selection {
  switch (scope.kind) {
    case 'everything':
      return { organizations: [], patterns: [] };
    case 'locked':
      return {
        organizations: chosen(forge, scope.picks).map((organization) => ({
          id: forge.organizationId(organization),
          path: organization.path,
        })),
        patterns: [],
      };
    case 'only':
      return { organizations: [], patterns: chosen(forge, scope.picks).map(({ path }) => `${path}/**`) };
    case 'without':
      return {
        organizations: [],
        patterns: ['**', ...chosen(forge, scope.picks).map(({ path }) => `!${path}/**`)],
      };
  }
}

/** Those that both accounts are likely to have something in: the outermost ones. */
function chosen({ world }: TortureForge, picks: readonly number[]): readonly Organization[] {
  const all = [...world.organizations].filter(
    ({ parent, slug }) => parent === undefined && slug.startsWith('org-'),
  );
  return [...new Set(picks.flatMap((pick) => all[Math.floor(pick * all.length)] ?? []))];
}
