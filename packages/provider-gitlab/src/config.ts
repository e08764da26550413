import { isBareAddress, isPlainHttps } from '@anyforge/provider-kit';
import { z } from 'zod';

const webAddress = z
  .url({ protocol: /^https?$/, error: 'Give a web address that begins with https://', abort: true })
  .refine((value) => isBareAddress(value), {
    error: 'Give the address alone, without user name, query or fragment.',
  });

/** The configuration of one GitLab: `{ baseUrl: 'https://gitlab.com' }` is enough for tokens. */
export interface GitlabConfig {
  /** The web address, as people open it in a browser, with the path prefix if the instance has one. */
  readonly baseUrl: string;
  /**
   * The application through which people sign in; GitLab calls `clientId` the application ID. Without a secret the
   * application is not confidential. Absent: with tokens only.
   */
  readonly oauth?: { readonly clientId: string; readonly clientSecret?: string | undefined } | undefined;
}

const oauth = z
  .strictObject({
    clientId: z.string().regex(/^\S+$/, { error: 'Give the application ID, without spaces.' }).meta({
      title: 'Application ID',
    }),
    clientSecret: z
      .string()
      .regex(/^\S+$/, { error: 'Give the secret, without spaces, or leave it out.' })
      .optional()
      .meta({
        title: 'Secret',
        description: 'Leave it out for an application that is not confidential.',
        writeOnly: true,
      }),
  })
  .meta({ title: 'OAuth', description: 'The application through which people sign in.' });

export const configSchema: z.ZodType<GitlabConfig> = z.strictObject({
  baseUrl: webAddress
    .refine((value) => !/\/api(\/v\d+)?\/*$/.test(new URL(value).pathname), {
      error: "Give GitLab's web address, not that of its API.",
    })
    .refine((value) => new URL(value).hostname !== 'www.gitlab.com', {
      error: 'The web address of GitLab.com is https://gitlab.com.',
    })
    .refine((value) => !isGitlabCom(value) || new URL(value).pathname === '/', {
      error: 'Give the web address of GitLab.com alone, without the path of a group or project.',
    })
    .refine((value) => !isGitlabCom(value) || isPlainHttps(value), {
      error: 'GitLab.com is reached over https:// only, at its own port.',
    })
    .meta({
      title: 'Base URL',
      description:
        "GitLab's web address (Self-Managed or Dedicated), as people open it in a browser, with its path prefix if it has one.",
    }),
  oauth: oauth.optional(),
});

/** A form can be rendered from it. */
export const configJsonSchema: object = z.toJSONSchema(configSchema, { io: 'input' });

/** Whether that address is GitLab.com. A Dedicated instance looks like any self-managed one. */
export function isGitlabCom(baseUrl: string): boolean {
  return new URL(baseUrl).hostname === 'gitlab.com';
}
