import type { Fact } from './facts.js';

const ranks: readonly string[] = ['none', 'read', 'triage', 'write', 'maintain', 'admin'];

/**
 * What is wrong with a level that is shown, if anything. It was true at some instant; or, where it changed meanwhile, is
 * told to be unknown; or, where it changed more than once, lies between: several requests that each tell the truth of
 * their instant can be put together to that, and no forge has a snapshot.
 *
 * @param facts what was true, in order; nothing of the instants at which the repository was out of reach
 */
export function judgeLevel(
  level: string,
  facts: readonly Fact[],
  wasOutOfReach: boolean,
): string | undefined {
  const known = facts.map((fact) => fact.level);
  if (known.includes(level)) return undefined;
  const changes = known.filter((each, index) => index > 0 && each !== known[index - 1]).length;
  const hasChanged = changes > 0 || wasOutOfReach;
  if (level === 'unknown' && hasChanged) return undefined;
  const seen = known.map((each) => ranks.indexOf(each));
  const rank = ranks.indexOf(level);
  const isBetween = rank > Math.min(...seen) && rank < Math.max(...seen);
  if (changes + Number(wasOutOfReach) > 1 && isBetween) return undefined;
  return `with ${level}, and was ${[...new Set(known)].join(' → ')}`;
}
