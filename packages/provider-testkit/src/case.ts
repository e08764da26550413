import type { Capability } from './capabilities.js';
import { withoutCapability } from './capabilities.js';
import type { GrantKind } from './grant-kinds.js';
import { grantKinds } from './grant-kinds.js';
import { readOnlyCases } from './read-only.js';
import { Stage } from './stage/stage.js';
import type { ContractSubject, Facts, ToldField } from './subject.js';

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
  /** Which of the facts that may be missing must be given. */
  readonly given?: keyof typeof withoutFact;
  /** What the forge must tell. */
  readonly tells?: ToldField;
  /** @throws ContractViolation */
  run(stage: Stage): Promise<void>;
}

/** What a forge lacks without a fact, in a report's words. */
const withoutFact = {
  budgetHeaders: 'the forge does not tell what is left of a limit',
  refusals: 'the facts name no refusals',
} as const;

/** Cases about one concept. */
export interface CaseGroup {
  readonly title: string;
  readonly cases: readonly ContractCase[];
}

/** What a case asks of a forge. */
export type Condition = 'needs' | 'lacks' | 'grant' | 'given' | 'tells';

/** Why a case makes no sense for an adapter; nothing when it does. */
export function notApplicable(
  { id, ...conditions }: Pick<ContractCase, 'id' | Condition>,
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
  { needs = [], lacks = [], grant, given, tells }: Pick<ContractCase, Condition>,
  facts: Facts,
): string | undefined {
  const { capabilities, grants } = facts;
  const missing = needs.find((capability) => !capabilities[capability]);
  if (missing !== undefined) return withoutCapability[missing];
  const present = lacks.find((capability) => capabilities[capability]);
  if (present !== undefined) return 'declared to be there';
  if (grant !== undefined && grants[grant] === undefined)
    return `nobody has a permission there ${grantKinds[grant]}`;
  if (given !== undefined && facts[given] === undefined) return withoutFact[given];
  if (tells !== undefined && facts.untold?.includes(tells) === true)
    return `the forge does not tell: ${tells}`;
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
