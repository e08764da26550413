import { z } from 'zod';
import { personSchema, roleSchema } from './people.js';

export const setUpStatusSchema = z
  .object({
    needed: z.boolean().describe('There is no administrator yet: the first visit makes one'),
    codeRequired: z.boolean().describe('It takes the code from the log of the server'),
  })
  .meta({ id: 'SetUpStatus' });

export const signedInSchema = z
  .object({
    person: personSchema,
    expiresAt: z.iso.datetime().describe('When the session ends, however much it is used'),
  })
  .meta({ id: 'SignedIn' });

export const whoAmISchema = z
  .object({
    person: z
      .object({
        id: z.string(),
        username: z.string(),
        role: roleSchema,
        via: z.enum(['session', 'api_token']),
        scopes: z.array(z.string()).optional().describe('Of the API token'),
      })
      .nullable()
      .describe('Null: nobody is signed in'),
  })
  .meta({ id: 'WhoAmI' });

export const sessionListSchema = z
  .object({
    items: z.array(
      z
        .object({
          id: z.string(),
          current: z.boolean().describe('It is the one that asks'),
          address: z.string().optional(),
          userAgent: z.string().optional(),
          createdAt: z.iso.datetime(),
          lastUsedAt: z.iso.datetime().describe('To the minute'),
          expiresAt: z.iso.datetime().describe('When it ends if it is not used any more'),
        })
        .meta({ id: 'Session' }),
    ),
  })
  .meta({ id: 'SessionList' });

export const endedSessionsSchema = z
  .object({ ended: z.int().describe('How many') })
  .meta({ id: 'EndedSessions' });

export const signInMethodsSchema = z
  .object({
    password: z.literal(true),
    openIdConnect: z
      .object({
        displayName: z.string().describe('What a button says'),
        path: z.string().describe('Where a browser goes to begin, below the address of the server'),
      })
      .nullable(),
  })
  .meta({ id: 'SignInMethods' });
