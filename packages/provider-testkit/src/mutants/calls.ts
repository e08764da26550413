import type { CallOptions } from '@anyforge/core';
import { paged } from '@anyforge/core';
import type { Mutant } from '../mutant.js';
import { alterCalls, alterFetch, alterPages, alterProvider, alterSession } from './altering.js';

type Fetch = typeof globalThis.fetch;

function without(name: keyof CallOptions): (options: CallOptions) => CallOptions {
  return (options) => ({ ...options, [name]: undefined });
}

function withHeader(response: Response, name: string, change: (value: string) => string): Response {
  const value = response.headers.get(name);
  if (value === null) return response;
  const headers = new Headers(response.headers);
  headers.set(name, change(value));
  return withHeaders(response, headers);
}

function withHeaders({ status, url, body }: Response, headers: Headers): Response {
  return Object.defineProperty(new Response(body, { status, headers }), 'url', { value: url });
}

/** Where an answer says that the next page is. */
async function nextOf(response: Response): Promise<string | undefined> {
  const link = /<([^<>]+)>;\s*rel="?next/.exec(response.headers.get('link') ?? '')?.[1];
  return link ?? /"next":\s*"([^"]+)"/.exec(await response.clone().text())?.[1];
}

const isElsewhere = (url: string, base: string): boolean => new URL(url).origin !== new URL(base).origin;

/** Loses an option of calls of one kind. */
function forgetting(
  method: 'repositories' | 'repository' | 'permissions' | 'organizations',
  option: keyof CallOptions,
): Mutant['break'] {
  const change = without(option);
  return (plugin) =>
    alterSession(plugin, (session) => {
      switch (method) {
        case 'repositories':
          return { repositories: (query, options = {}) => session.repositories(query, change(options)) };
        case 'repository':
          return { repository: (reference, options = {}) => session.repository(reference, change(options)) };
        case 'permissions':
          return {
            permissions: (reference, options = {}) => session.permissions(reference, change(options)),
          };
        case 'organizations':
          return { organizations: (options = {}) => session.organizations(change(options)) };
      }
    });
}

const methods = ['repositories', 'repository', 'permissions', 'organizations'] as const;

export const callMutants: readonly Mutant[] = [
  ...methods.flatMap((method): readonly Mutant[] => [
    {
      id: `max-wait-lost-by-${method}`,
      title: `waits longer than ${method} may`,
      caughtBy: 'limit-max-wait',
      because: new RegExp(`^${method} .*succeeded where rate_limited was expected`),
      break: forgetting(method, 'maxWaitMs'),
    },
    {
      id: `events-lost-by-${method}`,
      title: `tells of no request of ${method}`,
      caughtBy: 'events',
      because: new RegExp(`the requests told of ${method}`),
      break: forgetting(method, 'onEvent'),
    },
    {
      id: `signal-lost-by-${method}`,
      title: `ignores that ${method} is cancelled`,
      caughtBy: 'abort-anywhere',
      because: new RegExp(`^${method}, cancelled at`),
      break: forgetting(method, 'signal'),
    },
  ]),
  {
    id: 'ignores-budget',
    title: 'looks at no limit before it is refused',
    caughtBy: 'limit-budget',
    because: /the budget that is told/,
    break: (plugin) =>
      alterFetch(plugin, (fetch): Fetch => async (...request) => {
        const response = await fetch(...request);
        const headers = new Headers([...response.headers].filter(([name]) => !name.includes('ratelimit')));
        return withHeaders(response, headers);
      }),
  },
  {
    id: 'ignores-abort',
    title: 'ignores that it is cancelled',
    caughtBy: 'abort-during',
    because: /instead of the reason of the signal/,
    break: (plugin) => alterCalls(plugin, without('signal')),
  },
  {
    id: 'ignores-abort-before',
    title: 'begins although it was cancelled before',
    caughtBy: 'abort-before',
    because: /succeeded where a rejection was expected/,
    break: (plugin) => alterCalls(plugin, without('signal')),
  },
  {
    id: 'ignores-abort-between',
    title: 'goes on to the next page although it is cancelled',
    caughtBy: 'abort-between',
    because: /succeeded where a rejection was expected/,
    break: (plugin) => alterCalls(plugin, without('signal')),
  },
  {
    id: 'loses-reason',
    title: 'loses the reason for which it is cancelled',
    caughtBy: 'abort-during',
    because: /instead of the reason of the signal/,
    break: (plugin) =>
      alterSession(plugin, (session) => ({
        identity: async (options = {}) => {
          try {
            return await session.identity(options);
          } catch (error) {
            if (options.signal?.aborted === true) throw new Error('aborted');
            throw error;
          }
        },
      })),
  },
  {
    id: 'eager',
    title: 'begins to list before anybody asks for an item',
    caughtBy: 'lazy',
    because: /before the first next/,
    break: (plugin) =>
      alterSession(plugin, (session) => ({
        repositories: (query, options) => {
          const listing = session.repositories(query, options);
          void listing.pages()[Symbol.asyncIterator]().next();
          return listing;
        },
      })),
  },
  {
    id: 'goes-on-when-left',
    title: 'goes on waiting when its loop is left',
    caughtBy: 'return-stops-waiting',
    because: /still waited for after the listing was left/,
    break: (plugin) =>
      alterSession(plugin, (session) => ({
        repositories: (query, options) => {
          const listing = session.repositories(query, options);
          const deaf = <T>(iterable: AsyncIterable<T>): AsyncIterable<T> => ({
            [Symbol.asyncIterator]() {
              const iterator = iterable[Symbol.asyncIterator]();
              return {
                next: () => iterator.next(),
                return: () => Promise.resolve({ done: true, value: undefined }),
              };
            },
          });
          return { ...deaf(listing), pages: () => deaf(listing.pages()) };
        },
      })),
  },
  {
    id: 'lists-all-when-left',
    title: 'lists to the end although its loop is left',
    caughtBy: 'break-stops',
    because: /after the loop was left/,
    break: (plugin) =>
      alterSession(plugin, (session) => ({
        repositories: (query, options) =>
          paged(async function* () {
            const pages = [];
            try {
              for await (const page of session.repositories(query, options).pages()) {
                pages.push(page);
                yield page;
              }
            } finally {
              // As one does that fetches ahead of a reader who may be gone.
              void session.identity();
            }
          }),
      })),
  },
  {
    id: 'lists-once',
    title: 'lists once only, however often it is looped over',
    caughtBy: 'lazy-again',
    because: /the second loop/,
    break: (plugin) =>
      alterSession(plugin, (session) => ({
        repositories: (query, options) => {
          const pages = session.repositories(query, options).pages()[Symbol.asyncIterator]();
          return paged(() => ({ [Symbol.asyncIterator]: () => ({ next: () => pages.next() }) }));
        },
      })),
  },
  {
    id: 'comes-back-early',
    title: 'comes back before the time that the forge names',
    caughtBy: 'limit-obeyed',
    because: /before the 30 seconds/,
    break: (plugin) =>
      alterFetch(
        plugin,
        (fetch): Fetch =>
          async (...request) =>
            withHeader(await fetch(...request), 'retry-after', () => '2'),
      ),
  },
  {
    id: 'stays-away',
    title: 'stays away far longer than the forge says',
    caughtBy: 'limit-obeyed',
    because: /instead of soon after 30 seconds/,
    break: (plugin) =>
      alterFetch(
        plugin,
        (fetch): Fetch =>
          async (...request) =>
            withHeader(await fetch(...request), 'retry-after', (value) => String(Number(value) + 25)),
      ),
  },
  {
    id: 'ignores-max-wait',
    title: 'waits longer than it may',
    caughtBy: 'limit-max-wait',
    because: /succeeded where rate_limited was expected/,
    break: (plugin) => alterCalls(plugin, without('maxWaitMs')),
  },
  {
    id: 'tells-nothing',
    title: 'tells nobody that it waits',
    caughtBy: 'limit-told',
    because: /the events of waiting/,
    break: (plugin) => alterCalls(plugin, without('onEvent')),
  },
  {
    id: 'tells-no-request',
    title: 'tells of no request',
    caughtBy: 'events',
    because: /the requests told/,
    break: (plugin) => alterCalls(plugin, without('onEvent')),
  },
  {
    id: 'forgets-key',
    title: 'lets every session spend a budget of its own',
    caughtBy: 'limit-shared',
    because: /before the 30 seconds/,
    break: (plugin) =>
      alterProvider(plugin, (provider) => ({ signIn: (credentials) => provider.signIn(credentials) })),
  },
  {
    id: 'leaks-to-redirect',
    title: 'follows a redirect to another origin with the credential',
    caughtBy: 'redirect-elsewhere-302',
    because: /took the credential to another origin/,
    break: (plugin) =>
      alterFetch(plugin, (fetch): Fetch => async (input, init) => {
        const response = await fetch(input, init);
        const target = response.headers.get('location');
        return target === null ? response : fetch(target, init);
      }),
  },
  {
    id: 'leaks-to-next',
    title: 'follows the link to a next page to another origin with the credential',
    needs: ['nextLinks'],
    caughtBy: 'next-elsewhere',
    because: /took the credential to another origin/,
    break: (plugin) =>
      alterFetch(plugin, (fetch): Fetch => async (input, init) => {
        const response = await fetch(input, init);
        const next = await nextOf(response);
        if (next !== undefined && isElsewhere(next, response.url)) await fetch(next, init);
        return response;
      }),
  },
  {
    id: 'asks-once',
    title: 'gives up at the first failure',
    caughtBy: 'recovers-error-503',
    because: /failed with/,
    break: (plugin) =>
      alterFetch(plugin, (fetch): Fetch => async (...request) => {
        const response = await fetch(...request);
        if (response.status < 500) return response;
        return new Response('{}', { status: 418, headers: response.headers });
      }),
  },
  {
    id: 'asks-for-nonsense-again',
    title: 'begins again when what it is told makes no sense',
    caughtBy: 'fails-gone',
    because: /for what cannot pass/,
    break: (plugin) =>
      alterPages(plugin, async function* (list) {
        for (let attempt = 1; ; attempt += 1) {
          try {
            yield* list();
            return;
          } catch (error) {
            if (attempt === 20) throw error;
          }
        }
      }),
  },
];
