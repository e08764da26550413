import type { repositoriesTexts } from '../../texts/repositories.js';
import type { TextsOf } from '../../texts/use-texts.js';
import type { FilterName, RepositorySearch } from './repository-search.js';

interface Words {
  readonly texts: TextsOf<typeof repositoriesTexts>;
  /** Undefined where there is no such git provider. */
  readonly providerName: (id: string) => string | undefined;
}

/** A filter as people read it: `Permission: Write or more`. */
export function filterWords(name: FilterName, search: RepositorySearch, words: Words): string {
  return `${words.texts.filter[name]}: ${valueWords[name](search, words)}`;
}

const valueWords: Readonly<Record<FilterName, (search: RepositorySearch, words: Words) => string>> = {
  search: ({ search = '' }) => search,
  gitProvider: ({ gitProvider = '' }, { texts, providerName }) =>
    providerName(gitProvider) ?? texts.unknownProvider,
  organization: ({ organization = '' }) => organization,
  permission: ({ permission = 'read' }, { texts }) =>
    permission === 'unknown' ? texts.onlyUnknown : texts.atLeast(texts.levels[permission]),
  visibility: ({ visibility = 'public' }, { texts }) => texts.visibility[visibility],
  archived: ({ archived = false }, { texts }) => texts.archivedChoices[archived ? 'true' : 'false'],
};
