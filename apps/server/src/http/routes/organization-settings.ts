import { z } from 'zod';
import { forgeProblems } from '../problem-codes.js';
import type { Route } from '../route.js';
import { personalRoute } from '../route.js';
import {
  cleanUpSchema,
  organizationListSchema,
  organizationSettingsSchema,
  settingsPreviewSchema,
} from '../schemas/git-providers.js';

const tag = 'Organization settings';
const access = 'administrate';
const params = z.object({ id: z.string() });

export const organizationSettingsRoutes: readonly Route[] = [
  personalRoute({
    method: 'get',
    path: '/git-providers/:id/organizations',
    operation: 'listOrganizations',
    summary: 'The organizations that my own account sees, asked of the forge at once',
    tag,
    access,
    params,
    answers: { 200: { description: 'All of them', schema: organizationListSchema } },
    problems: ['not_connected', 'unknown_provider_type', ...forgeProblems],
    handle: async ({ hub, caller, params: { id }, signal }) => ({
      status: 200,
      body: await hub.organizationSettings.organizations(caller.personId, id, signal),
    }),
  }),
  personalRoute({
    method: 'post',
    path: '/git-providers/:id/organization-settings/preview',
    operation: 'previewOrganizationSettings',
    summary: 'What settings would do to the repositories that are stored, without changing anything',
    tag,
    access,
    params,
    body: organizationSettingsSchema,
    answers: {
      200: { description: 'Numbers, with samples of my own list', schema: settingsPreviewSchema },
    },
    handle: async ({ hub, caller, params: { id }, body, signal }) => ({
      status: 200,
      body: await hub.organizationSettings.preview(caller.personId, id, body, signal),
    }),
  }),
  personalRoute({
    method: 'get',
    path: '/git-providers/:id/clean-up',
    operation: 'countOutside',
    summary: 'How many of the stored repositories the settings let through no more',
    tag,
    access,
    params,
    answers: { 200: { description: 'Their number', schema: cleanUpSchema } },
    handle: async ({ hub, params: { id }, signal }) => ({
      status: 200,
      body: { count: await hub.organizationSettings.outside(id, signal) },
    }),
  }),
  personalRoute({
    method: 'post',
    path: '/git-providers/:id/clean-up',
    operation: 'cleanUp',
    summary:
      'Delete the stored repositories that the settings let through no more, and everybody’s permissions on them',
    tag,
    access,
    params,
    body: cleanUpSchema,
    answers: { 204: { description: 'They are gone' } },
    problems: ['clean_up_changed', 'version_conflict'],
    handle: async ({ hub, caller, params: { id }, body: { count }, signal }) => {
      await hub.organizationSettings.cleanUp(caller, id, count, signal);
      return { status: 204 };
    },
  }),
];
