import type { Page, ProviderPlugin, Repository } from '@anyforge/core';
import { compareLevels, paged, permissionLevels, ProviderError } from '@anyforge/core';
import type { Mutant } from '../mutant.js';
import { alterPages, alterRepositories, alterSession, mapPages } from './altering.js';

type Pages = AsyncIterable<Page<Repository>>;

async function* untilFailure<T>(
  pages: AsyncIterable<Page<T>>,
  isEnd: (error: unknown) => boolean,
): AsyncGenerator<Page<T>> {
  try {
    yield* pages;
  } catch (error) {
    if (!isEnd(error)) throw error;
  }
}

const isOfKind =
  (...kinds: readonly string[]) =>
  (error: unknown): boolean =>
    ProviderError.is(error) && kinds.includes(error.kind);

async function* butLast<T>(pages: AsyncIterable<Page<T>>): AsyncGenerator<Page<T>> {
  let held: Page<T> | undefined;
  for await (const page of pages) {
    if (held !== undefined) yield held;
    held = page;
  }
}

/** Changes the pages of the listings beside that of repositories. */
function alterOtherPages(
  plugin: ProviderPlugin,
  name: 'organizations' | 'permissions',
  change: <T>(pages: AsyncIterable<Page<T>>) => AsyncIterable<Page<T>>,
): ProviderPlugin {
  return alterSession(plugin, (session) =>
    name === 'organizations'
      ? { organizations: (options) => paged(() => change(session.organizations(options).pages())) }
      : {
          permissions: (reference, options) =>
            paged(() => change(session.permissions(reference, options).pages())),
        },
  );
}

async function* roundAndRound(list: () => Pages): AsyncGenerator<Page<Repository>> {
  try {
    yield* list();
  } catch (error) {
    if (!isOfKind('invalid_response')(error)) throw error;
    yield* roundAndRound(list);
  }
}

/** By number: what goes between the readings shifts one past the reader. */
async function* inTwoReadings(list: () => Pages): AsyncGenerator<Page<Repository>> {
  const first = await itemsOf(list());
  const half = Math.ceil(first.length / 2);
  yield { items: first.slice(0, half) };
  yield { items: (await itemsOf(list())).slice(half) };
}

async function itemsOf(pages: Pages): Promise<readonly Repository[]> {
  const items: Repository[] = [];
  for await (const page of pages) items.push(...page.items);
  return items;
}

/** Fields of repositories that adapters get wrong, and what the contract says of each. */
const fieldSlips: readonly (Pick<Mutant, 'id' | 'title' | 'because' | 'tells'> & {
  readonly change: (repository: Repository) => Partial<Repository>;
})[] = [
  {
    id: 'forgets-archived',
    title: 'takes every repository for one that lives',
    because: /^archived of/,
    tells: 'archived',
    change: () => ({ archived: false }),
  },
  {
    id: 'forgets-forks',
    title: 'takes no repository for a fork',
    because: /^fork of/,
    tells: 'fork',
    change: () => ({ fork: undefined }),
  },
  {
    id: 'guesses-branch',
    title: 'takes main for the default branch of everything',
    because: /^defaultBranch of/,
    tells: 'defaultBranch',
    change: () => ({ defaultBranch: 'main' }),
  },
  {
    id: 'wrong-date',
    title: 'tells another day for the last change',
    because: /^updatedAt of/,
    tells: 'updatedAt',
    change: ({ updatedAt }) => ({ updatedAt: updatedAt && new Date(updatedAt.getTime() - 1_000) }),
  },
  {
    id: 'forgets-ssh',
    title: 'forgets the address to clone from over SSH',
    because: /over SSH/,
    tells: 'sshCloneUrl',
    change: () => ({ sshCloneUrl: undefined }),
  },
  {
    id: 'forgets-native',
    title: "forgets the forge's own word for a permission",
    because: /own word for the permission/,
    change: ({ permission }) => ({ permission: { ...permission, native: '' } }),
  },
  {
    id: 'wrong-page',
    title: 'leads to the page of the forge instead of that of a repository',
    because: /leads elsewhere/,
    change: ({ webUrl }) => ({ webUrl: new URL(webUrl).origin }),
  },
  {
    id: 'wrong-clone-address',
    title: 'has one address to clone everything from',
    because: /leads elsewhere/,
    change: ({ httpsCloneUrl }) => ({ httpsCloneUrl: new URL('/one.git', httpsCloneUrl).href }),
  },
];

export const listingMutants: readonly Mutant[] = [
  ...fieldSlips.map(({ change, ...slip }): Mutant => ({
    ...slip,
    caughtBy: 'listing-fields',
    break: (plugin) => alterRepositories(plugin, (repository) => ({ ...repository, ...change(repository) })),
  })),
  {
    id: 'drops-last-page',
    title: 'drops the last page',
    caughtBy: 'listing-whole',
    because: /missing/,
    break: (plugin) => alterPages(plugin, (list) => butLast(list())),
  },
  ...(['organizations', 'permissions'] as const).flatMap((name): readonly Mutant[] => [
    {
      id: `drops-last-page-of-${name}`,
      title: `drops the last page of ${name}`,
      caughtBy: `${name}-long`,
      because: /missing/,
      break: (plugin) => alterOtherPages(plugin, name, butLast),
    },
    {
      id: `ends-${name}-on-error`,
      title: `takes an error of the forge for the end of ${name}`,
      caughtBy: 'fails-error-500',
      because: /succeeded where unavailable was expected/,
      break: (plugin) =>
        alterOtherPages(plugin, name, (pages) => untilFailure(pages, isOfKind('unavailable'))),
    },
  ]),
  {
    id: 'swallows-part',
    title: 'lists what it has when one address alone fails',
    caughtBy: 'one-address',
    because: /missing/,
    break: (plugin) => alterPages(plugin, (list) => untilFailure(list(), isOfKind('unavailable'))),
  },
  {
    id: 'names-no-provider',
    title: 'names another provider in its errors',
    caughtBy: 'fails-error-500',
    because: /the provider that the error names/,
    break: (plugin) =>
      alterPages(plugin, async function* (list) {
        try {
          yield* list();
        } catch (error) {
          if (!ProviderError.is(error)) throw error;
          throw new ProviderError(error.kind, error.message, { ...error.details, provider: 'another' });
        }
      }),
  },
  {
    id: 'repeats-item',
    title: 'lists a repository twice',
    caughtBy: 'listing-whole',
    because: /listed more than once/,
    break: (plugin) =>
      alterPages(plugin, (list) =>
        mapPages(list(), (page) => ({ ...page, items: [...page.items, ...page.items.slice(0, 1)] })),
      ),
  },
  {
    id: 'lists-too-much',
    title: 'lists what everybody may see beside what the account reaches',
    caughtBy: 'listing-whole',
    because: /too much/,
    break: (plugin) =>
      alterPages(plugin, async function* (list) {
        let first: Repository | undefined;
        for await (const page of list()) {
          first ??= page.items[0];
          yield page;
        }
        if (first !== undefined) yield { items: [{ ...first, id: 'seen-by-all', path: 'zzz/seen-by-all' }] };
      }),
  },
  {
    id: 'wrong-order',
    title: 'hands on the items of a page backwards',
    caughtBy: 'listing-whole',
    because: /out of order/,
    break: (plugin) =>
      alterPages(plugin, (list) => mapPages(list(), (page) => ({ ...page, items: page.items.toReversed() }))),
  },
  {
    id: 'ends-on-error',
    title: 'takes an error of the forge for the end of the list',
    caughtBy: 'fails-error-500',
    because: /succeeded where unavailable was expected/,
    break: (plugin) => alterPages(plugin, (list) => untilFailure(list(), isOfKind('unavailable'))),
  },
  {
    id: 'ends-on-nonsense',
    title: 'takes what it does not understand for the end of the list',
    caughtBy: 'fails-html-200',
    because: /succeeded where invalid_response was expected/,
    break: (plugin) => alterPages(plugin, (list) => untilFailure(list(), isOfKind('invalid_response'))),
  },
  {
    id: 'ends-on-silence',
    title: 'takes a silent forge for the end of the list',
    caughtBy: 'timeout-body',
    because: /succeeded where timeout was expected/,
    break: (plugin) => alterPages(plugin, (list) => untilFailure(list(), isOfKind('timeout', 'network'))),
  },
  {
    id: 'ends-on-refusal',
    title: 'takes the refusal of its credential for the end of the list',
    caughtBy: 'revoked-midway',
    because: /succeeded where unauthenticated was expected/,
    break: (plugin) => alterPages(plugin, (list) => untilFailure(list(), isOfKind('unauthenticated'))),
  },
  {
    id: 'anonymous-is-empty',
    title: 'reads a list of nothing for nobody as empty',
    caughtBy: 'revoked-anonymous',
    because: /succeeded where unauthenticated was expected/,
    break: (plugin) => alterPages(plugin, (list) => untilFailure(list(), isOfKind('unauthenticated'))),
  },
  {
    id: 'circle',
    title: 'begins again when the pages lead in a circle',
    caughtBy: 'link-loop',
    because: /went round in a circle/,
    break: (plugin) => alterPages(plugin, roundAndRound),
  },
  {
    id: 'loses-what-shifts',
    title: 'goes on by number in a listing that has become shorter',
    caughtBy: 'page-removed',
    because: /the repositories listed, by id/,
    break: (plugin) => alterPages(plugin, inTwoReadings),
  },
  {
    id: 'forgets-omissions',
    title: 'forgets what the forge left out',
    caughtBy: 'omitted',
    because: /does not say so/,
    break: (plugin) =>
      alterPages(plugin, (list) => mapPages(list(), ({ items, resume }) => ({ items, resume }))),
  },
  {
    id: 'resumes-from-start',
    title: 'begins from the start where it should go on',
    caughtBy: 'resume',
    because: /what is resumed after it/,
    break: (plugin) =>
      alterSession(plugin, (session) => ({
        repositories: (query = {}, options) => {
          const { resume: _, ...rest } = query;
          return session.repositories(rest, options);
        },
      })),
  },
  {
    id: 'resumes-anything',
    title: 'begins from the start when it is given the page of another listing',
    caughtBy: 'resume-foreign',
    because: /succeeded where invalid_request was expected/,
    break: (plugin) =>
      alterSession(plugin, (session) => ({
        repositories: (query = {}, options) => {
          const { resume: _, ...rest } = query;
          return paged(async function* () {
            try {
              yield* session.repositories(query, options).pages();
            } catch (error) {
              if (!isOfKind('invalid_request')(error)) throw error;
              yield* session.repositories(rest, options).pages();
            }
          });
        },
      })),
  },
  {
    id: 'forgets-filters',
    title: 'lists everything whatever it is asked for',
    caughtBy: 'narrowed',
    because: /too much/,
    break: (plugin) =>
      alterSession(plugin, (session) => ({
        repositories: (_, options) => session.repositories({}, options),
      })),
  },
  {
    id: 'guesses-unknown',
    title: 'says read where the forge does not tell',
    caughtBy: 'permission-untold',
    because: /which the forge does not tell/,
    break: (plugin) =>
      alterRepositories(plugin, ({ permission, ...repository }) => ({
        ...repository,
        permission:
          permission.level === 'unknown' ? { level: 'read', native: permission.native } : permission,
      })),
  },
  {
    id: 'level-up',
    title: 'says one level more than the forge',
    caughtBy: 'listing-whole',
    because: /^the permission on/,
    break: (plugin) =>
      alterRepositories(plugin, (repository) => {
        const { level, native } = repository.permission;
        if (level === 'unknown') return repository;
        const higher = permissionLevels.find((each) => compareLevels(each, level) > 0) ?? level;
        return { ...repository, permission: { level: higher, native } };
      }),
  },
  {
    id: 'forgets-people',
    title: 'forgets one of those who have a permission',
    caughtBy: 'permissions-of-others',
    because: /missing/,
    break: (plugin) =>
      alterSession(plugin, (session) => ({
        permissions: (reference, options) =>
          paged(() =>
            mapPages(session.permissions(reference, options).pages(), (page) => ({
              ...page,
              items: page.items.slice(1),
            })),
          ),
      })),
  },
  {
    id: 'keys-by-name',
    title: 'takes the path of a repository for its id',
    caughtBy: 'renamed',
    because: /the id after the renaming/,
    break: (plugin) => alterRepositories(plugin, (repository) => ({ ...repository, id: repository.path })),
  },
  {
    id: 'invents-totals',
    title: 'tells how many items a page has as the total',
    caughtBy: 'listing-no-totals',
    because: /the total of a page/,
    break: (plugin) =>
      alterPages(plugin, (list) => mapPages(list(), (page) => ({ ...page, total: page.items.length }))),
  },
  {
    id: 'wrong-totals',
    title: 'tells how many items a page has as the total of all',
    caughtBy: 'listing-totals',
    because: /the total of a page/,
    break: (plugin) =>
      alterPages(plugin, (list) => mapPages(list(), (page) => ({ ...page, total: page.items.length }))),
  },
];
