import { z } from 'zod';
import { entityTag, readIfMatch } from '../entity-tag.js';
import { forgeProblems } from '../problem-codes.js';
import type { Route } from '../route.js';
import { lineType, personalRoute } from '../route.js';
import { tokenInputSchema } from '../schemas/connections.js';
import {
  draftSchema,
  draftValuesSchema,
  newDraftSchema,
  savedDraftSchema,
  saveSchema,
  testLineSchema,
} from '../schemas/git-provider-drafts.js';
import { oauthHelpSchema, organizationListSchema, tokenHelpSchema } from '../schemas/git-providers.js';
import { newSignInSchema, startedSignInSchema } from '../schemas/sign-ins.js';

const tag = 'Git provider drafts';
const access = 'administrate';
const path = '/git-provider-drafts/:id';
const params = z.object({ id: z.string() });
const theDraft = { 200: { description: 'The draft, without its secrets', schema: draftSchema } };

export const gitProviderDraftRoutes: readonly Route[] = [
  personalRoute({
    method: 'post',
    path: '/git-provider-drafts',
    operation: 'createGitProviderDraft',
    summary: 'Begin a new git provider, or the change of one, without saving anything',
    tag,
    access,
    body: newDraftSchema,
    answers: {
      201: {
        description: 'The draft, for two hours after its last change',
        schema: draftSchema,
        headers: { Location: 'Its address' },
      },
    },
    problems: ['unknown_provider_type', 'not_found', 'type_fixed'],
    handle: async ({ hub, caller, body, request }) => {
      const draft = await hub.gitProviderDrafts.create(caller, body);
      const headers = { Location: `${request.baseUrl}/git-provider-drafts/${draft.id}` };
      return { status: 201, body: draft, headers };
    },
  }),
  personalRoute({
    method: 'get',
    path,
    operation: 'getGitProviderDraft',
    summary: 'A draft of mine',
    tag,
    access,
    params,
    answers: theDraft,
    problems: ['unknown_provider_type'],
    handle: async ({ hub, caller, params: { id } }) => ({
      status: 200,
      body: await hub.gitProviderDrafts.get(caller.personId, id),
    }),
  }),
  personalRoute({
    method: 'put',
    path,
    operation: 'updateGitProviderDraft',
    summary: 'Put new values in place of all former ones, but for secrets that are left empty',
    tag,
    access,
    params,
    body: draftValuesSchema,
    answers: theDraft,
    problems: ['unknown_provider_type'],
    handle: async ({ hub, caller, params: { id }, body }) => ({
      status: 200,
      body: await hub.gitProviderDrafts.update(caller.personId, id, body),
    }),
  }),
  personalRoute({
    method: 'delete',
    path,
    operation: 'abandonGitProviderDraft',
    summary: 'Forget a draft; its sign-in is revoked at the forge, where the forge can',
    tag,
    access,
    params,
    answers: { 204: { description: 'It is gone' } },
    handle: async ({ hub, caller, params: { id } }) => {
      await hub.gitProviderDrafts.abandon(caller.personId, id);
      return { status: 204 };
    },
  }),
  personalRoute({
    method: 'get',
    path: `${path}/oauth-help`,
    operation: 'getGitProviderDraftOAuthHelp',
    summary: 'How to register the OAuth application on that very host',
    tag,
    access,
    params,
    answers: { 200: { description: 'What to enter there', schema: oauthHelpSchema } },
    problems: ['unknown_provider_type'],
    handle: async ({ hub, caller, params: { id } }) => ({
      status: 200,
      body: await hub.gitProviderDrafts.oauthHelp(caller.personId, id),
    }),
  }),
  personalRoute({
    method: 'get',
    path: `${path}/token-help`,
    operation: 'getGitProviderDraftTokenHelp',
    summary: 'How to make a token on that very host',
    tag,
    access,
    params,
    answers: { 200: { description: 'The kinds of token that it takes', schema: tokenHelpSchema } },
    problems: ['unknown_provider_type'],
    handle: async ({ hub, caller, params: { id } }) => ({
      status: 200,
      body: await hub.gitProviderDrafts.tokenHelp(caller.personId, id),
    }),
  }),
  personalRoute({
    method: 'post',
    path: `${path}/test`,
    operation: 'testGitProviderDraft',
    summary: 'Test the values as they are; each step is told as soon as it ends',
    tag,
    access,
    params,
    answers: {
      200: {
        description: 'The steps to come, each step, and the summary, one JSON object a line',
        schema: testLineSchema,
        contentType: lineType,
      },
    },
    problems: ['too_many_tests', 'unknown_provider_type'],
    handle: ({ hub, caller, params: { id }, signal }) => ({
      status: 200,
      lines: hub.gitProviderDrafts.test(caller.personId, id, { signal }),
    }),
  }),
  personalRoute({
    method: 'post',
    path: `${path}/sign-ins`,
    operation: 'startGitProviderDraftSignIn',
    summary: 'Start to sign in at the forge for the test',
    tag,
    access,
    params,
    body: newSignInSchema,
    answers: {
      201: {
        description: 'It waits for me at the forge, for ten minutes',
        schema: startedSignInSchema,
        headers: { Location: 'Its address, which tells how it stands' },
      },
    },
    problems: [...forgeProblems, 'oauth_unavailable', 'unknown_provider_type'],
    handle: async ({ hub, caller, params: { id }, body, signal, request }) => {
      const started = await hub.gitProviderDrafts.startSignIn(caller, id, body, { signal });
      const headers = { Location: `${request.baseUrl}/sign-ins/${started.id}` };
      return { status: 201, body: started, headers };
    },
  }),
  personalRoute({
    method: 'put',
    path: `${path}/token`,
    operation: 'putGitProviderDraftToken',
    summary: 'Sign in for the test with a token; the test asks whose it is',
    tag,
    access,
    params,
    body: tokenInputSchema,
    answers: theDraft,
    problems: ['unknown_provider_type'],
    handle: async ({ hub, caller, params: { id }, body }) => ({
      status: 200,
      body: await hub.gitProviderDrafts.putToken(caller.personId, id, body),
    }),
  }),
  personalRoute({
    method: 'get',
    path: `${path}/organizations`,
    operation: 'listGitProviderDraftOrganizations',
    summary: "The organizations that the test's account sees",
    tag,
    access,
    params,
    answers: { 200: { description: 'All of them, by path', schema: organizationListSchema } },
    problems: [...forgeProblems, 'not_connected', 'unknown_provider_type'],
    handle: async ({ hub, caller, params: { id }, signal }) => ({
      status: 200,
      body: await hub.gitProviderDrafts.organizations(caller.personId, id, { signal }),
    }),
  }),
  personalRoute({
    method: 'post',
    path: `${path}/save`,
    operation: 'saveGitProviderDraft',
    summary: "Make it a git provider, or the change of one, and the test's sign-in my connection",
    requestHeaders: {
      'If-Match': 'The version that is to be changed, in place of the one that the draft began with: `"3"`',
    },
    tag,
    access,
    params,
    body: saveSchema,
    answers: {
      200: {
        description: 'It is saved, and the draft is gone',
        schema: savedDraftSchema,
        headers: { ETag: 'The version of the git provider, for `If-Match`' },
      },
    },
    problems: [
      'unknown_provider_type',
      'invalid_config',
      'invalid_plugin',
      'duplicate_name',
      'version_conflict',
      'parks_connections',
      'settings_changed',
    ],
    handle: async ({ hub, caller, params: { id }, body, request }) => {
      const saved = await hub.gitProviderDrafts.save(caller, id, { ...body, version: readIfMatch(request) });
      return { status: 200, body: saved, headers: entityTag(saved.gitProvider.version) };
    },
  }),
];
