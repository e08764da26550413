import { z } from 'zod';
import { accountSchema } from './connections.js';

export const newSignInSchema = z
  .strictObject({
    method: z
      .enum(['redirect', 'device'])
      .default('redirect')
      .describe('Through a browser, or with a code that is typed on the forge’s page'),
    display: z
      .enum(['popup', 'page'])
      .default('popup')
      .describe(
        'Where the forge’s page is shown. A `popup` tells the page that opened it, and closes. A `page` that has succeeded goes on to `returnTo` with `signIn`, its id, in the query',
      ),
    returnTo: z
      .string()
      .optional()
      .describe('A page of this server to go on with, as a path below its address: `/git-providers`'),
    selectAccount: z.boolean().optional().describe('Ask which account it is to be, where the forge can'),
  })
  .meta({ id: 'NewSignIn' });

const signInMembers = {
  id: z.string(),
  gitProviderId: z.string(),
  purpose: z.enum(['connection', 'draft']),
  draftId: z.string().optional(),
  method: z.enum(['redirect', 'device']),
  display: z.enum(['popup', 'page']),
  state: z
    .enum(['pending', 'finishing', 'awaiting_confirmation', 'succeeded', 'failed', 'cancelled'])
    .describe(
      '`pending`: the forge has not answered. `awaiting_confirmation`: name the account in a browser to go on',
    ),
  device: z
    .object({
      userCode: z.string(),
      verificationUrl: z.string(),
      nextPollAt: z.iso.datetime().describe('Asking earlier changes nothing'),
    })
    .optional()
    .describe('What to type and where, while a code is waited for'),
  account: accountSchema.optional().describe('Whose it is, as soon as the forge has told'),
  error: z
    .object({
      kind: z.string().describe('The code of a problem'),
      message: z.string(),
      repair: z.object({ text: z.string(), url: z.string().optional() }).optional(),
    })
    .optional()
    .describe('Why it failed'),
  syncId: z.string().optional().describe('The sync that the new connection has started'),
  returnUrl: z.string().describe('Where to go on'),
  createdAt: z.iso.datetime(),
  expiresAt: z.iso.datetime(),
  finishedAt: z.iso.datetime().optional(),
};

export const signInSchema = z
  .object(signInMembers)
  .meta({ id: 'SignIn', description: 'A sign-in at a forge, under way or over' });

export const startedSignInSchema = z
  .object({
    ...signInMembers,
    authorizationUrl: z
      .string()
      .optional()
      .describe('The forge’s page at which to go on in the same browser. Told this once'),
  })
  .meta({ id: 'StartedSignIn' });

export const confirmationSchema = z
  .strictObject({ accountId: z.string().describe('The id of the account, as the sign-in tells it') })
  .meta({ id: 'SignInConfirmation' });
