import { z } from 'zod';

export const apiTokenScopeSchema = z
  .enum(['read', 'manage', 'git'])
  .describe('`read` my affairs; `manage` them, and read; `git`: ask for git credentials, and nothing else');

const apiTokenSchema = z
  .object({
    id: z.string(),
    name: z.string(),
    scopes: z.array(apiTokenScopeSchema),
    createdAt: z.iso.datetime(),
    expiresAt: z.iso.datetime().optional().describe('Absent: never'),
    lastUsedAt: z.iso.datetime().optional().describe('To the minute'),
  })
  .meta({ id: 'ApiToken' });

export const apiTokenListSchema = z.object({ items: z.array(apiTokenSchema) }).meta({ id: 'ApiTokenList' });

export const issuedApiTokenSchema = z
  .object({
    apiToken: apiTokenSchema,
    token: z.string().describe('`anyforge_…`: shown this once, and kept nowhere'),
  })
  .meta({ id: 'IssuedApiToken' });
