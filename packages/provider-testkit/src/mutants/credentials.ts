import type { Credential, Identity, ProviderPlugin } from '@anyforge/core';
import { ProviderError } from '@anyforge/core';
import { secretOf } from '@anyforge/provider-kit';
import type { Mutant } from '../mutant.js';
import { alterCredentials, alterSession } from './altering.js';

function alterIdentity(
  plugin: ProviderPlugin,
  change: (identity: Identity) => Partial<Identity>,
): ProviderPlugin {
  return alterSession(plugin, (session) => ({
    identity: async (options) => {
      const identity = await session.identity(options);
      return { ...identity, ...change(identity) };
    },
  }));
}

export const credentialMutants: readonly Mutant[] = [
  {
    id: 'says-forbidden',
    title: 'says of every refusal that it is forbidden',
    caughtBy: 'refusals',
    because: /failed as forbidden/,
    needs: ['scopes'],
    break: (plugin) =>
      alterSession(plugin, (session) => ({
        identity: async (options) => {
          try {
            return await session.identity(options);
          } catch (error) {
            if (!ProviderError.is(error)) throw error;
            throw new ProviderError('forbidden', error.message, error.details);
          }
        },
      })),
  },
  {
    id: 'lacks-nothing',
    title: 'says of every credential that it lacks nothing',
    caughtBy: 'scopes-missing',
    because: /what the credential lacks is not told/,
    break: (plugin) => alterIdentity(plugin, () => ({ missingScopes: [] })),
  },
  {
    id: 'never-ends',
    title: 'does not tell when a credential ends',
    caughtBy: 'credential-expires',
    because: /is told to end never/,
    break: (plugin) => alterIdentity(plugin, () => ({ expiresAt: undefined })),
  },
  {
    id: 'forgets-email',
    title: 'does not tell the e-mail address',
    caughtBy: 'identity-email',
    because: /the e-mail address/,
    break: (plugin) => alterIdentity(plugin, () => ({ email: undefined })),
  },
  {
    id: 'forgets-validity',
    title: 'does not say how long git will need the credential',
    caughtBy: 'git-credential',
    because: /asked to be good for/,
    break: (plugin) =>
      alterSession(plugin, (session) => ({
        gitCredential: ({ validForMs: _, ...options } = {}) => session.gitCredential(options),
      })),
  },
  {
    id: 'keeps-credential',
    title: 'keeps the first credential that it is given',
    caughtBy: 'rotation-midway',
    because: /carried the/,
    break: (plugin) =>
      alterCredentials(plugin, (source) => {
        let kept: Promise<Credential> | undefined;
        return { get: (options) => (kept ??= source.get(options)) };
      }),
  },
  {
    id: 'never-renews',
    title: 'has no credential renewed',
    caughtBy: 'renewed-midway',
    because: /unauthenticated/,
    break: (plugin) => alterCredentials(plugin, (source) => ({ get: (options) => source.get(options) })),
  },
  {
    id: 'renews-twice',
    title: 'has a credential renewed twice',
    caughtBy: 'renewed-once',
    because: /the renewals asked for/,
    break: (plugin) =>
      alterCredentials(plugin, (source) => {
        const renew = source.renew?.bind(source);
        if (renew === undefined) return source;
        return {
          get: (options) => source.get(options),
          renew: async (rejected, options) => renew(await renew(rejected, options), options),
        };
      }),
  },
  {
    id: 'shows-source-error',
    title: 'shows what was said where the credential is kept',
    caughtBy: 'source-fails',
    because: /shows what the source said/,
    break: (plugin) =>
      alterCredentials(plugin, (source) => ({
        get: async (options) => {
          try {
            return await source.get(options);
          } catch (error) {
            throw new ProviderError('unavailable', String(error), { provider: plugin.type });
          }
        },
      })),
  },
  {
    id: 'remembers-git-credential',
    title: 'gives git the credential that it gave before',
    caughtBy: 'git-credential',
    because: /at its second turn/,
    break: (plugin) =>
      alterSession(plugin, (session) => {
        let given: ReturnType<typeof session.gitCredential> | undefined;
        return { gitCredential: (options) => (given ??= session.gitCredential(options)) };
      }),
  },
  {
    id: 'secret-in-error',
    title: 'quotes the credential in an error',
    caughtBy: 'secrets-in-errors',
    because: /shows the credential/,
    break: (plugin) =>
      alterSession(plugin, (session, { source }) => ({
        identity: async (options) => {
          try {
            return await session.identity(options);
          } catch (error) {
            if (!ProviderError.is(error)) throw error;
            const words = `${error.message} (Bearer ${secretOf(await source.get())})`;
            throw new ProviderError(error.kind, words, error.details);
          }
        },
      })),
  },
  {
    id: 'secret-in-basic',
    title: 'quotes the credential in an error as it stands in a header, behind the name of a user',
    caughtBy: 'secrets-in-errors',
    because: /shows the credential/,
    break: (plugin) =>
      alterSession(plugin, (session, { source }) => ({
        identity: async (options) => {
          try {
            return await session.identity(options);
          } catch (error) {
            if (!ProviderError.is(error)) throw error;
            const pair = Buffer.from(`ada@example.com:${secretOf(await source.get())}`).toString('base64');
            throw new ProviderError(error.kind, `${error.message} (Basic ${pair})`, error.details);
          }
        },
      })),
  },
  {
    id: 'secret-in-cause',
    title: 'keeps the request with the credential in an error for the debugger',
    caughtBy: 'secrets-in-network-errors',
    because: /shows the credential/,
    break: (plugin) =>
      alterSession(plugin, (session, { source }) => ({
        identity: async (options) => {
          try {
            return await session.identity(options);
          } catch (error) {
            if (!ProviderError.is(error)) throw error;
            const cause = { headers: { authorization: `Bearer ${secretOf(await source.get())}` } };
            throw new ProviderError(error.kind, error.message, { ...error.details, cause });
          }
        },
      })),
  },
  {
    id: 'secret-in-event',
    title: 'tells of a request with the credential in its address',
    caughtBy: 'secrets-on-the-way',
    because: /an event shows the credential/,
    break: (plugin) =>
      alterSession(plugin, (session, { source }) => ({
        identity: async (options = {}) => {
          const secret = secretOf(await source.get());
          return session.identity({
            ...options,
            onEvent: (event) =>
              options.onEvent?.(
                event.kind === 'request' ? { ...event, url: `${event.url}?access_token=${secret}` } : event,
              ),
          });
        },
      })),
  },
  {
    id: 'secret-in-log',
    title: 'logs the credential',
    caughtBy: 'secrets-on-the-way',
    because: /a line of the log shows the credential/,
    break: (plugin) =>
      alterSession(plugin, (session, { source, context }) => ({
        identity: async (options) => {
          context.logger?.debug({ authorization: secretOf(await source.get()) }, 'asking');
          return session.identity(options);
        },
      })),
  },
  {
    id: 'secret-in-session',
    title: 'keeps the credential where an inspection of the session shows it',
    caughtBy: 'secrets-on-the-way',
    because: /the session shows the credential/,
    break: (plugin) =>
      alterSession(plugin, (_, { source }) => {
        const kept: { credential?: Credential } = {};
        void source.get().then((credential) => {
          kept.credential = credential;
        });
        return Object.defineProperty({}, 'kept', { value: kept, enumerable: true });
      }),
  },
];
