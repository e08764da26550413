import { expiryWarnings } from '@anyforge/hub';
import { z } from 'zod';

export const accountSchema = z
  .object({
    id: z.string().describe('The forge’s own, stable id'),
    username: z.string(),
    kind: z.enum(['user', 'bot', 'token']),
    displayName: z.string().optional(),
    avatarUrl: z.string().optional(),
    webUrl: z.string().optional(),
  })
  .meta({ id: 'Account', description: 'The account on the forge that a connection acts as' });

export const omissionSchema = z
  .object({
    organization: z.object({ id: z.string().optional(), path: z.string().optional() }),
    reason: z.enum(['sso_required', 'organization_restricted', 'forbidden']),
    url: z.string().optional().describe('Where one does something about it'),
  })
  .meta({ id: 'Omission', description: 'What a forge left out of a listing, and says so' });

const connectionMembers = {
  gitProviderId: z.string(),
  kind: z.enum(['token', 'oauth']),
  account: accountSchema,
  email: z.string().optional(),
  scopes: z.array(z.string()).optional().describe('Absent: the forge does not tell'),
  missingScopes: z.array(z.string()).optional().describe('What it lacks for everything to work'),
  expiresAt: z.iso
    .datetime()
    .optional()
    .describe(
      'When the credential that is used now does; one that renews itself is replaced before. Absent: it does not expire, or the forge does not tell',
    ),
  expiry: z
    .object({ at: z.iso.datetime(), warning: z.enum(expiryWarnings) })
    .optional()
    .describe('When it ends unless I do something. Absent: it does not end by itself, or is kept alive'),
  needsAttention: z
    .object({ reason: z.string(), since: z.iso.datetime() })
    .optional()
    .describe('It is not used any more: sign in again'),
  visible: z
    .object({ completedAt: z.iso.datetime(), omitted: z.array(omissionSchema) })
    .optional()
    .describe('The list of repositories that is visible now. Absent: none has been completed'),
  createdAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
};

export const connectionSchema = z
  .object(connectionMembers)
  .meta({ id: 'Connection', description: 'My sign-in to one git provider, without its credential' });

export const signedInSchema = z
  .object({ ...connectionMembers, syncId: z.string().describe('The sync that it has started') })
  .meta({ id: 'NewConnection', description: 'A connection that was just made' });

export const signedOutSchema = z
  .object({
    revoked: z
      .enum(['done', 'failed', 'unsupported', 'not-asked'])
      .describe(
        'Whether the authorization on the forge has ended as well. `failed`: as far as is known it has not; `unsupported`: it can only be ended by hand',
      ),
    message: z.string().optional().describe('What is left to do by hand'),
  })
  .meta({ id: 'SignedOut' });

export const tokenInputSchema = z
  .strictObject({
    token: z.string().meta({ writeOnly: true, description: 'Never told again' }),
    username: z.string().optional().describe('Where the forge asks for it: the token help says so'),
  })
  .meta({ id: 'TokenInput' });
