import type { ListedGitProvider } from '@anyforge/client';
import { addressOf } from '../connections/web-host.js';

/** Those whose name or address has every word of the search in it. */
export function filterGitProviders<Item extends Pick<ListedGitProvider, 'name' | 'config'>>(
  gitProviders: readonly Item[],
  search: string,
): readonly Item[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  return gitProviders.filter((gitProvider) => {
    const text = `${gitProvider.name} ${addressOf(gitProvider) ?? ''}`.toLowerCase();
    return words.every((word) => text.includes(word));
  });
}
