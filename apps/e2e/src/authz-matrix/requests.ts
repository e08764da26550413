import { joinAs, signInAs, testPassword } from '@anyforge/server/testing';
import { z } from 'zod';
import type { Column } from './callers.js';
import { personOf } from './callers.js';
import { draft, invite, ownToken, provider, signIn } from './makers.js';
import type { Stage } from './stage.js';

/** How a route is asked for something of the owner's. */
interface Asked {
  readonly path: string;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface RequestRow {
  /** Makes what is asked for, so that each caller finds it as it was for the one before. */
  readonly ask: (stage: Stage, column: Column) => Promise<Asked> | Asked;
  /** The caller's session may end with it. */
  readonly endsSession?: true;
  /** Whether people are signed in at the forge changes with it. */
  readonly changesConnections?: true;
}

const withId = z.object({ id: z.string() });
const items = z.object({ items: z.array(withId.extend({ current: z.boolean().optional() })) });
const standing = z.object({ account: withId });
const cleanUp = z.object({ count: z.number() });

const at = (path: string, body?: unknown): RequestRow => ({ ask: () => ({ path, body }) });

const atProvider = (rest: string, body?: unknown): RequestRow => ({
  ask: (stage) => ({ path: `/api/v1/git-providers/${stage.gitProviderId}${rest}`, body }),
});

const atPerson = (rest: string, body?: unknown): RequestRow => ({
  ask: async (stage) => ({ path: `/api/v1/people/${(await invite(stage)).person.id}${rest}`, body }),
});

const atDraft = (rest: string, body?: unknown): RequestRow => ({
  ask: async (stage) => ({ path: `/api/v1/git-provider-drafts/${await draft(stage)}${rest}`, body }),
});

const atSync = (rest: string): RequestRow => ({
  ask: async (stage) => {
    await stage.connect('owner');
    return { path: `/api/v1/syncs/${await stage.made('/api/v1/syncs')}${rest}` };
  },
});

const atLink = (rest: string, more: object): RequestRow => ({
  ask: async (stage) => {
    const { link } = await invite(stage);
    const token = new URL(link.url).hash.slice(1);
    return { path: `/api/v1/password-links${rest}`, body: { token, ...more } };
  },
});

/** How each route is asked. */
export const requests: Readonly<Record<string, RequestRow>> = {
  'GET /api/v1/setup': at('/api/v1/setup'),
  'POST /api/v1/setup': at('/api/v1/setup', { username: 'intruder', password: testPassword }),
  'GET /api/v1/session': at('/api/v1/session'),
  'POST /api/v1/session': {
    endsSession: true,
    ask: async (stage) => {
      const username = stage.newName('visitor');
      await joinAs(stage.server, stage.callers.administrator, username);
      return { path: '/api/v1/session', body: { username, password: testPassword } };
    },
  },
  'DELETE /api/v1/session': { ...at('/api/v1/session'), endsSession: true },
  'GET /api/v1/sessions': at('/api/v1/sessions'),
  'DELETE /api/v1/sessions': at('/api/v1/sessions'),
  'DELETE /api/v1/sessions/:id': {
    ask: async (stage) => {
      const other = await signInAs(stage.server, 'owner');
      const sessions = items.parse((await other.get('/api/v1/sessions')).body).items;
      const id = sessions.find(({ current }) => current)?.id ?? '';
      return { path: `/api/v1/sessions/${id}` };
    },
  },
  'GET /api/v1/sign-in-methods': at('/api/v1/sign-in-methods'),
  'GET /api/v1/account': at('/api/v1/account'),
  'PATCH /api/v1/account': at('/api/v1/account', { displayName: 'Somebody' }),
  'PUT /api/v1/account/password': {
    ...at('/api/v1/account/password', { currentPassword: testPassword, newPassword: testPassword }),
    endsSession: true,
  },
  'GET /api/v1/api-tokens': {
    ask: async (stage) => {
      await ownToken(stage);
      return { path: '/api/v1/api-tokens' };
    },
  },
  'POST /api/v1/api-tokens': {
    ask: (stage) => ({
      path: '/api/v1/api-tokens',
      body: { name: stage.newName('program'), scopes: ['read'] },
    }),
  },
  'DELETE /api/v1/api-tokens/:id': {
    ask: async (stage) => ({ path: `/api/v1/api-tokens/${await ownToken(stage)}` }),
  },
  'GET /api/v1/people': at('/api/v1/people'),
  'POST /api/v1/people': {
    ask: (stage) => ({ path: '/api/v1/people', body: { username: stage.newName('guest') } }),
  },
  'GET /api/v1/people/:id': atPerson(''),
  'PATCH /api/v1/people/:id': atPerson('', { role: 'administrator' }),
  'DELETE /api/v1/people/:id': atPerson(''),
  'POST /api/v1/people/:id/password-reset': atPerson('/password-reset'),
  'POST /api/v1/password-links/inspect': atLink('/inspect', {}),
  'POST /api/v1/password-links/use': { ...atLink('/use', { password: testPassword }), endsSession: true },
  'GET /api/v1/provider-types': at('/api/v1/provider-types'),
  'GET /api/v1/git-providers': at('/api/v1/git-providers'),
  'POST /api/v1/git-providers': {
    ask: (stage) => ({
      path: '/api/v1/git-providers',
      body: { name: stage.newName('forge'), type: 'github', config: { baseUrl: stage.forge.webUrl } },
    }),
  },
  'GET /api/v1/git-providers/:id': atProvider(''),
  'PATCH /api/v1/git-providers/:id': {
    ask: async (stage) => {
      const { id } = await provider(stage);
      const headers = await stage.versionOf(id);
      return { path: `/api/v1/git-providers/${id}`, body: { name: stage.newName('renamed') }, headers };
    },
  },
  'DELETE /api/v1/git-providers/:id': {
    ask: async (stage) => {
      const { id, name } = await provider(stage);
      return { path: `/api/v1/git-providers/${id}?name=${name}`, headers: await stage.versionOf(id) };
    },
  },
  'GET /api/v1/git-providers/:id/token-help': atProvider('/token-help'),
  'GET /api/v1/git-providers/:id/oauth-help': atProvider('/oauth-help'),
  'GET /api/v1/git-providers/:id/sync-history': {
    ask: async (stage) => {
      await stage.connectOwnerAlone();
      return { path: `/api/v1/git-providers/${stage.gitProviderId}/sync-history` };
    },
  },
  'GET /api/v1/git-providers/:id/organizations': {
    ask: async (stage) => {
      await stage.connectOwnerAlone();
      return { path: `/api/v1/git-providers/${stage.gitProviderId}/organizations` };
    },
  },
  'POST /api/v1/git-providers/:id/organization-settings/preview': atProvider(
    '/organization-settings/preview',
    { organizations: [], patterns: ['**'] },
  ),
  'GET /api/v1/git-providers/:id/clean-up': atProvider('/clean-up'),
  'POST /api/v1/git-providers/:id/clean-up': {
    ask: async (stage) => {
      const path = `/api/v1/git-providers/${stage.gitProviderId}/clean-up`;
      const { count } = cleanUp.parse((await stage.owner.get(path)).body);
      return { path, body: { count } };
    },
  },
  'POST /api/v1/git-provider-drafts': at('/api/v1/git-provider-drafts', { type: 'github' }),
  'GET /api/v1/git-provider-drafts/:id': atDraft(''),
  'PUT /api/v1/git-provider-drafts/:id': atDraft('', { name: 'Another name' }),
  'DELETE /api/v1/git-provider-drafts/:id': atDraft(''),
  'GET /api/v1/git-provider-drafts/:id/oauth-help': atDraft('/oauth-help'),
  'GET /api/v1/git-provider-drafts/:id/token-help': atDraft('/token-help'),
  'POST /api/v1/git-provider-drafts/:id/test': atDraft('/test'),
  'POST /api/v1/git-provider-drafts/:id/sign-ins': atDraft('/sign-ins', {}),
  'PUT /api/v1/git-provider-drafts/:id/token': {
    ask: async (stage) => ({
      path: `/api/v1/git-provider-drafts/${await draft(stage)}/token`,
      body: stage.forgeToken('owner'),
    }),
  },
  'GET /api/v1/git-provider-drafts/:id/organizations': {
    ask: async (stage) => {
      const path = `/api/v1/git-provider-drafts/${await draft(stage)}`;
      await stage.owner.put(`${path}/token`, stage.forgeToken('owner'));
      return { path: `${path}/organizations` };
    },
  },
  'POST /api/v1/git-provider-drafts/:id/save': {
    // Everybody is shown the name of what was saved.
    ask: async (stage) => ({
      path: `/api/v1/git-provider-drafts/${await draft(stage, 'saved')}/save`,
      body: {},
    }),
  },
  'PUT /api/v1/git-providers/:id/connection': {
    changesConnections: true,
    ask: (stage, column) => ({
      path: `/api/v1/git-providers/${stage.gitProviderId}/connection`,
      body: stage.forgeToken(personOf[column] ?? 'owner'),
    }),
  },
  'GET /api/v1/git-providers/:id/connection': {
    ask: async (stage) => {
      await stage.connectOwnerAlone();
      return { path: `/api/v1/git-providers/${stage.gitProviderId}/connection` };
    },
  },
  'DELETE /api/v1/git-providers/:id/connection': {
    changesConnections: true,
    ask: async (stage) => {
      await stage.connectOwnerAlone();
      return { path: `/api/v1/git-providers/${stage.gitProviderId}/connection` };
    },
  },
  'POST /api/v1/git-providers/:id/sign-ins': atProvider('/sign-ins', {}),
  'GET /api/v1/sign-ins/:id': {
    ask: async (stage) => ({ path: `/api/v1/sign-ins/${(await signIn(stage)).id}` }),
  },
  'POST /api/v1/sign-ins/:id/confirmation': {
    changesConnections: true,
    ask: async (stage) => {
      const { id, callback } = await signIn(stage, 'owner manage');
      await stage.owner.get(callback);
      const path = `/api/v1/sign-ins/${id}`;
      const { account } = standing.parse((await stage.owner.get(path)).body);
      return { path: `${path}/confirmation`, body: { accountId: account.id } };
    },
  },
  'DELETE /api/v1/sign-ins/:id': {
    ask: async (stage) => ({ path: `/api/v1/sign-ins/${(await signIn(stage)).id}` }),
  },
  'GET /api/v1/syncs': at('/api/v1/syncs'),
  'POST /api/v1/syncs': {
    ask: async (stage) => {
      await stage.connectOwnerAlone();
      return { path: '/api/v1/syncs' };
    },
  },
  'GET /api/v1/syncs/:id': atSync(''),
  'POST /api/v1/syncs/:id/cancellation': atSync('/cancellation'),
  'GET /api/v1/syncs/:id/events': atSync('/events'),
  'GET /api/v1/repositories': {
    ask: async (stage) => {
      await stage.repository();
      return { path: '/api/v1/repositories' };
    },
  },
  'GET /api/v1/repositories/:id': {
    ask: async (stage) => ({ path: `/api/v1/repositories/${(await stage.repository()).id}` }),
  },
  'GET /api/v1/repositories/:id/permissions': {
    ask: async (stage) => ({ path: `/api/v1/repositories/${(await stage.repository()).id}/permissions` }),
  },
  'GET /api/v1/explain': {
    ask: async (stage) => {
      await stage.connect('owner');
      const query = { provider: stage.gitProviderId, path: 'ada-at-the-forge/owned-repository' };
      return { path: `/api/v1/explain?${new URLSearchParams(query).toString()}` };
    },
  },
  'POST /api/v1/git-credentials': {
    ask: async (stage) => {
      const { protocol, host, pathname } = new URL((await stage.repository()).httpsCloneUrl);
      const body = { protocol: protocol.slice(0, -1), host, path: pathname.slice(1) };
      return { path: '/api/v1/git-credentials', body };
    },
  },
  'GET /api/v1/audit-events': at('/api/v1/audit-events'),
  'GET /api/v1/openapi.json': at('/api/v1/openapi.json'),
  'GET /health/live': at('/health/live'),
  'GET /health/ready': at('/health/ready'),
  'GET /api/docs': at('/api/docs'),
  'GET /api/docs/swagger-ui.css': at('/api/docs/swagger-ui.css'),
  'GET /api/docs/swagger-ui-bundle.js': at('/api/docs/swagger-ui-bundle.js'),
  'GET /api/docs/swagger-ui-start.js': at('/api/docs/swagger-ui-start.js'),
  'GET /sign-in/openid-connect': at('/sign-in/openid-connect'),
  'GET /sign-in/callback': at('/sign-in/callback?state=x&code=x'),
  'GET /sign-in/done': at('/sign-in/done?problem=single_sign_on_failed'),
  'GET /oauth/callback/:gitProviderId': {
    changesConnections: true,
    ask: async (stage) => ({ path: (await signIn(stage)).callback }),
  },
  'GET /oauth/done': {
    changesConnections: true,
    ask: async (stage) => {
      const { id, callback } = await signIn(stage);
      await stage.owner.get(callback);
      return { path: `/oauth/done?signIn=${id}` };
    },
  },
};
