import { forgeProblems } from '../problem-codes.js';
import type { Route } from '../route.js';
import { personalRoute } from '../route.js';
import { gitCredentialRequestSchema, gitCredentialSchema } from '../schemas/git-credentials.js';

export const gitCredentialRoutes: readonly Route[] = [
  personalRoute({
    method: 'post',
    path: '/git-credentials',
    operation: 'issueGitCredential',
    summary: 'My own credential for an address that git is about to sign in to',
    tag: 'Git credentials',
    access: 'git',
    body: gitCredentialRequestSchema,
    answers: {
      200: {
        description: 'The one answer of this server that carries a credential of a forge',
        schema: gitCredentialSchema,
        headers: { 'Cache-Control': '`no-store`', Vary: '`Authorization`' },
      },
    },
    problems: [
      ...forgeProblems,
      'no_git_provider',
      'ambiguous_git_provider',
      'not_connected',
      'needs_attention',
      'too_many_attempts',
    ],
    handle: async ({ hub, caller, body, signal }) => ({
      status: 200,
      body: await hub.gitCredentials.issue(caller, body, { signal }),
      headers: { 'Cache-Control': 'no-store', Vary: 'Authorization' },
    }),
  }),
];
