import type { ProviderPlugin } from '@anyforge/core';
import type { Capability } from './capabilities.js';
import { caseGroups } from './case-groups.js';
import type { ContractCase } from './case.js';
import { notApplicable, runCase, unmet } from './case.js';
import { ContractViolation } from './checks.js';
import type { ContractSubject, ToldField } from './subject.js';

/** A way of breaking any adapter, and the case that must notice. */
export interface Mutant {
  readonly id: string;
  /** What the broken adapter does: "drops the last page". */
  readonly title: string;
  /** The id of the case that must fail. */
  readonly caughtBy: string;
  /** What that case must say, so that it fails for this reason and no other. */
  readonly because: RegExp;
  readonly needs?: readonly Capability[];
  readonly tells?: ToldField;
  break(plugin: ProviderPlugin): ProviderPlugin;
}

/** The case that must catch a mutant. @throws Error when there is none */
export function catcherOf({ id, caughtBy }: Pick<Mutant, 'id' | 'caughtBy'>): ContractCase {
  const found = caseGroups.flatMap(({ cases }) => cases).find((each) => each.id === caughtBy);
  if (found === undefined) throw new Error(`${id} names a case that there is not: ${caughtBy}`);
  return found;
}

/** Why a mutant makes no sense for an adapter; nothing when it does. */
export function mutantNotApplicable(mutant: Mutant, { facts }: ContractSubject): string | undefined {
  return unmet(mutant, facts) ?? notApplicable(catcherOf(mutant), facts);
}

/** Breaks the adapter and runs the one case. @throws Error when the mutant survives, or fails for another reason */
export async function runMutant(
  mutant: Mutant,
  subject: ContractSubject,
  fetch: typeof globalThis.fetch,
): Promise<void> {
  const catcher = catcherOf(mutant);
  const failure = await runCase(catcher, { ...subject, plugin: mutant.break(subject.plugin) }, fetch).then(
    () => undefined,
    (reason: unknown) => ({ reason }),
  );
  const name = `The adapter that ${mutant.title}`;
  if (failure === undefined) throw new Error(`${name} survives "${catcher.title}" (${catcher.id}).`);
  const { reason } = failure;
  if (!(reason instanceof ContractViolation))
    throw new Error(`${name} makes ${catcher.id} fail, but not by a check.`, { cause: reason });
  if (!mutant.because.test(reason.message))
    throw new Error(`${name} makes ${catcher.id} fail for another reason: ${reason.message}`, {
      cause: reason,
    });
}
