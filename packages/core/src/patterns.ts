import { Minimatch } from 'minimatch';
import { ProviderError } from './errors.js';

/** Decides by path which repositories belong to a selection. */
export interface PathFilter {
  readonly includes: (path: string) => boolean;
  /** The same with the pattern that decided; none when no pattern matched. */
  readonly decide: (path: string) => { readonly included: boolean; readonly pattern?: string | undefined };
}

/** No path that a forge allows needs more. Both bound the work that one pattern can cause. */
const maximumLength = 512;
const maximumAlternatives = 100;

/**
 * Makes a filter from globs on the whole path, without regard to case: `acme/*`, `acme/**`, `**\/api-*`,
 * `acme/{web,api}`; a leading `!` excludes. The last pattern that matches decides. A path that none matches is
 * included when the first pattern excludes (or there is none), else left out.
 *
 * `*` stays within one segment and matches names that begin with a dot; `**` crosses segments.
 *
 * @throws ProviderError `invalid_request` for an empty or overlong pattern, or one whose braces explode, naming it.
 */
export function createPathFilter(patterns: readonly string[]): PathFilter {
  const rules = patterns.map(compile);
  const otherwise = rules[0]?.excludes ?? true;
  const decide: PathFilter['decide'] = (path) => {
    const rule = rules.findLast(({ matches }) => matches(path));
    return rule === undefined ? { included: otherwise } : { included: !rule.excludes, pattern: rule.pattern };
  };
  return { decide, includes: (path) => decide(path).included };
}

function compile(pattern: string) {
  const excludes = pattern.startsWith('!');
  const glob = excludes ? pattern.slice(1) : pattern;
  if (glob.trim() !== glob || glob === '' || glob.startsWith('!')) throw invalid(pattern, 'it names no path');
  if (glob.startsWith('/') || glob.endsWith('/'))
    throw invalid(pattern, 'a path neither begins nor ends with "/"');
  if (glob.length > maximumLength)
    throw invalid(pattern.slice(0, 40) + '…', `it is longer than ${maximumLength}`);
  const matches = compileGlob(glob, pattern);
  return { pattern, excludes, matches };
}

// Extended globs are off: they are the one part that minimatch matches with backtracking.
function compileGlob(glob: string, pattern: string): (path: string) => boolean {
  const matcher = new Minimatch(glob, {
    dot: true,
    nocase: true,
    noext: true,
    nonegate: true,
    nocomment: true,
    platform: 'linux',
    braceExpandMax: maximumAlternatives,
  });
  if (matcher.set.length >= maximumAlternatives)
    throw invalid(pattern, 'its braces make too many alternatives');
  return (path) => matcher.match(path);
}

function invalid(pattern: string, reason: string): ProviderError {
  return new ProviderError('invalid_request', `"${pattern}" is no valid pattern: ${reason}.`, {
    provider: 'anyforge',
    repair: { text: 'Use globs on the repository path, such as "acme/**" or "!acme/legacy-*".' },
  });
}
