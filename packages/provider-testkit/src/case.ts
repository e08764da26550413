import type { Capability } from './capabilities.js';
import { withoutCapability } from './capabilities.js';
import type { GrantKind } from './grant-kinds.js';
import { grantKinds } from './grant-kinds.js';
import { readOnlyCases } from './read-only.js';
import { Stage } from './stage/stage.js';
import type { ContractSubject, Facts } from './subject.js';

/** One thing that every adapter must do. */
export interface ContractCase {
  /** Never changes: 'listing-whole'. */
  readonly id: string;
  /** A sentence about the adapter. */
  readonly title: string;
  /** What the forge must have for the case to make sense. */
  readonly needs?: readonly Capability[];
  /** What it must not have: the case checks that what is declared absent is absent. */
  readonly lacks?: readonly Capability[];
  readonly grant?: GrantKind;
  /** @throws ContractViolation */
  run(stage: Stage): Promise<void>;
}

/** Cases about one concept. */
export interface CaseGroup {
  readonly title: string;
  readonly cases: readonly ContractCase[];
}

/** Why a case makes no sense for an adapter; nothing when it does. */
export function notApplicable(
  { id, ...conditions }: Pick<ContractCase, 'id' | 'needs' | 'lacks' | 'grant'>,
  facts: Facts,
): string | undefined {
  const reason = unmet(conditions, facts);
  if (reason !== undefined) return reason;
  return facts.server === 'real' && !readOnlyCases.has(id)
    ? 'a real server: nothing can be made to go wrong'
    : undefined;
}

/** Which condition does not hold for an adapter; nothing when all do. */
export function unmet(
  { needs = [], lacks = [], grant }: Pick<ContractCase, 'needs' | 'lacks' | 'grant'>,
  { capabilities, grants }: Facts,
): string | undefined {
  const missing = needs.find((capability) => !capabilities[capability]);
  if (missing !== undefined) return withoutCapability[missing];
  const present = lacks.find((capability) => capabilities[capability]);
  if (present !== undefined) return `declared to be there: ${present}`;
  if (grant !== undefined && grants[grant] === undefined)
    return `nobody has a permission there ${grantKinds[grant]}`;
  return undefined;
}

/** Runs one case on a stage of its own. @throws ContractViolation */
export async function runCase(
  { run }: Pick<ContractCase, 'run'>,
  subject: ContractSubject,
  fetch: typeof globalThis.fetch,
): Promise<void> {
  const stage = new Stage(subject, fetch);
  try {
    await run(stage);
  } finally {
    await stage.close();
  }
}
