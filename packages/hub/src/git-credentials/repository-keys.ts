import { keyOf } from '../store/text.js';

/** What stands after a repository's name in the addresses that belong to it. */
const suffixes = ['.wiki.git', '.git', '.wiki'];

/**
 * The keys of the repositories that an address can belong to, most likely first: git asks for
 * `acme/api.git`, and what comes with it for `acme/api.git/info/lfs` or `acme/api.wiki.git`.
 */
export function repositoryKeys(segments: readonly string[]): readonly string[] {
  const keys = segments.flatMap((_, index) => {
    const path = segments.slice(0, segments.length - index).join('/');
    const suffix = suffixes.filter((ending) => path.endsWith(ending));
    return [...suffix.map((ending) => path.slice(0, -ending.length)), path];
  });
  return [...new Set(keys.filter((key) => key !== '').map(keyOf))];
}
