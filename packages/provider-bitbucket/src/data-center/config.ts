import { isBareAddress } from '@anyforge/provider-kit';
import { z } from 'zod';

/** The configuration of one Bitbucket Data Center: `{ baseUrl: 'https://git.example.com/bitbucket' }` is enough for tokens. */
export interface BitbucketDataCenterConfig {
  /** The web address, as people open it in a browser, with the context path if there is one. */
  readonly baseUrl: string;
  /** The incoming application link with which people sign in. */
  readonly oauth?: BitbucketDataCenterOAuthConfig | undefined;
}

export interface BitbucketDataCenterOAuthConfig {
  readonly clientId: string;
  readonly clientSecret?: string | undefined;
}

const oauth = z
  .strictObject({
    clientId: z.string().trim().min(1, { error: 'Give the client ID of the application link.' }).meta({
      title: 'Client ID',
    }),
    clientSecret: z
      .string()
      .trim()
      .min(1, { error: 'Give the client secret of the application link.' })
      .optional()
      .meta({ title: 'Client secret', writeOnly: true }),
  })
  .meta({ title: 'Application link' });

export const configSchema: z.ZodType<BitbucketDataCenterConfig> = z.strictObject({
  baseUrl: z
    .url({ protocol: /^https?$/, error: 'Give a web address that begins with https://', abort: true })
    .refine((value) => isBareAddress(value), {
      error: 'Give the address alone, without user name, query or fragment.',
    })
    .superRefine((value, context) => {
      const type = typeOfOthers(value);
      if (type !== undefined)
        context.addIssue(
          `Bitbucket Data Center is not at this address: choose the provider type '${type}' for it.`,
        );
    })
    .refine((value) => !pagesBelow.test(new URL(value).pathname), {
      error: "Give Bitbucket's own address: neither that of its API nor of a project, repository or page.",
    })
    .meta({
      title: 'Base URL',
      description:
        "Bitbucket's web address, as people open it in a browser, with its context path if it has one.",
    }),
  oauth: oauth.optional(),
});

/** A form can be rendered from it. */
export const configJsonSchema: object = z.toJSONSchema(configSchema, { io: 'input' });

/** What people copy from the address bar, and the APIs of other forges. No context path has such a segment. */
const pagesBelow = /\/(rest|scm|projects|users|repos|dashboard|plugins|login|admin|api\/v\d+)(\/|$)/;

/** Where others are, with the types of their providers. */
const others: Readonly<Record<string, string>> = {
  'bitbucket.org': 'bitbucket',
  'github.com': 'github',
  'gitlab.com': 'gitlab',
};

function typeOfOthers(address: string): string | undefined {
  const { hostname } = new URL(address);
  return Object.entries(others).find(([host]) => hostname === host || hostname.endsWith(`.${host}`))?.[1];
}
