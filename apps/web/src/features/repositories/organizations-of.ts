import type { Repository } from '@anyforge/client';

/** More than that nobody looks through. */
const most = 200;

/** The organizations that repositories lie in, and those above them, by path: for who types one. */
export function organizationsOf(repositories: readonly Pick<Repository, 'namespace'>[]): readonly string[] {
  const found = new Set<string>();
  for (const { namespace } of repositories) {
    if (found.has(namespace)) continue;
    const parts = namespace.split('/').filter((part) => part !== '');
    for (let depth = 1; depth <= parts.length; depth += 1) found.add(parts.slice(0, depth).join('/'));
  }
  return [...found].sort((one, other) => one.localeCompare(other)).slice(0, most);
}
