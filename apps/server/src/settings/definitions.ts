import { z } from 'zod';
import * as forms from './forms.js';

/** One setting, as the operator reads of it. */
export interface Description {
  /** How it is written. */
  readonly form: string;
  /** What holds without it, where that is no default of its own. */
  readonly otherwise?: string;
  readonly meaning: string;
  /**
   * - `also`: a secret; `NAME_FILE` names a file that holds it, in place of the value itself
   * - `only`: too long for a value; there is nothing but `NAME_FILE`
   */
  readonly file?: 'also' | 'only';
}

const descriptions = z.registry<Description>();

/** Every setting that there is, from text to value. docs/configuration.md tells the same. */
export const definitions = z.object({
  HOST: forms.host.prefault('127.0.0.1').register(descriptions, {
    form: 'an IP address or a host name',
    meaning: 'Where it listens. Anything but localhost, 127.0.0.1 and ::1 demands `PUBLIC_URL`.',
  }),
  PORT: forms.port.prefault('4400').register(descriptions, {
    form: '0 to 65535; 0: any that is free',
    meaning: 'The port it listens at.',
  }),
  PUBLIC_URL: forms.publicUrl.optional().register(descriptions, {
    form: 'https://…, or http://… on localhost, 127.0.0.1 and [::1]; may have a path',
    otherwise: '`http://localhost:PORT`',
    meaning:
      'The address at which people reach the server: links, redirect addresses and the check of who may ask are made from it, never from a request. With a path, everything is served below that path, and a proxy hands paths on unchanged.',
  }),
  TRUST_PROXY: forms.trustProxy.prefault('0').register(descriptions, {
    form: 'a number, or addresses and blocks with commas between; `loopback`, `linklocal` and `uniquelocal` are known',
    meaning:
      'How many reverse proxies are before the server, or which: from them alone `X-Forwarded-For` and `X-Request-Id` are believed. Demands `PUBLIC_URL`.',
  }),
  DATA_DIR: forms.folder.prefault('./data').register(descriptions, {
    form: 'a folder',
    meaning: 'Where the embedded database and the generated encryption key are kept.',
  }),
  DATABASE_URL: forms.databaseUrl.optional().register(descriptions, {
    form: 'postgres://user:password@host:5432/database',
    otherwise: 'the embedded database in `DATA_DIR`',
    meaning: 'The PostgreSQL database to use in place of the embedded one; several servers may share it.',
    file: 'also',
  }),
  ENCRYPTION_KEY: forms.encryptionKey.optional().register(descriptions, {
    form: '32 bytes in base64',
    otherwise: '`encryption.key` in `DATA_DIR`, generated at the first start',
    meaning: 'The key that every stored credential and client secret is encrypted with.',
    file: 'also',
  }),
  ENCRYPTION_KEYS_OLD: forms.encryptionKeys.optional().register(descriptions, {
    form: 'keys with commas between',
    otherwise: 'none',
    meaning:
      'Other keys, which open what was encrypted with them: earlier ones until `npm run rotate-key` is done, and the next one before it is the current one. [encryption.md](encryption.md) tells the order.',
    file: 'also',
  }),
  ADMIN_USERNAME: forms.text.optional().register(descriptions, {
    form: 'a user name',
    otherwise: 'the first visit creates the administrator',
    meaning:
      'The administrator that is made at the first start, without a visit. Needs `ADMIN_PASSWORD`. Once somebody has an account it changes nothing.',
  }),
  ADMIN_PASSWORD: forms.text.optional().register(descriptions, {
    form: 'a password',
    otherwise: 'none',
    meaning: 'The password that this administrator begins with.',
    file: 'also',
  }),
  SESSION_IDLE_LIFETIME: forms.duration.prefault('7d').register(descriptions, {
    form: 'a number and m, h or d',
    meaning: 'How long a browser session lasts without being used.',
  }),
  SESSION_LIFETIME: forms.duration.prefault('30d').register(descriptions, {
    form: 'a number and m, h or d',
    meaning: 'How long a browser session lasts however much it is used.',
  }),
  OIDC_ISSUER: forms.issuer.optional().register(descriptions, {
    form: 'https://…, or http://… on localhost, 127.0.0.1 and [::1]',
    otherwise: 'people sign in with passwords only',
    meaning:
      'The OpenID Connect provider with which people may sign in, too. Its redirect URI for this server is `PUBLIC_URL/sign-in/callback`. Needs `OIDC_CLIENT_ID`.',
  }),
  OIDC_CLIENT_ID: forms.text.optional().register(descriptions, {
    form: 'a client id',
    otherwise: 'none',
    meaning: 'As which client this server is known there.',
  }),
  OIDC_CLIENT_SECRET: forms.text.optional().register(descriptions, {
    form: 'a client secret',
    otherwise: 'a public client',
    meaning: 'The secret of that client.',
    file: 'also',
  }),
  OIDC_DISPLAY_NAME: forms.text.optional().register(descriptions, {
    form: 'a name',
    otherwise: 'the host of `OIDC_ISSUER`',
    meaning: 'What the button to sign in with it says.',
  }),
  OIDC_SCOPES: forms.scopes.prefault('openid profile').register(descriptions, {
    form: 'scopes with spaces between, `openid` among them',
    meaning: 'What is asked for. `profile` and `email` only help to find a first username.',
  }),
  OIDC_CREATE_PEOPLE: forms.yesOrNo.prefault('yes').register(descriptions, {
    form: '`yes` or `no`',
    meaning: 'Whether whoever signs in with it for the first time becomes a member.',
  }),
  PUBLIC_GIT_PROVIDERS: forms.yesOrNo.prefault('yes').register(descriptions, {
    form: '`yes` or `no`',
    meaning:
      'Whether the first start adds the public forges: GitHub.com, GitLab.com, Bitbucket Cloud and Codeberg. `no` is for networks that do not reach them. What was added once stays until it is removed by hand.',
  }),
  ALLOW_ADDRESSES: forms.addresses.optional().register(descriptions, {
    form: '`private`, `loopback`, or `private,loopback`',
    otherwise: 'none',
    meaning:
      'Which addresses git providers may have beside public ones. Link-local and cloud metadata addresses are never allowed.',
  }),
  CA: forms.certificates.optional().register(descriptions, {
    form: 'a file of certificates in PEM',
    otherwise: 'none',
    meaning: 'Certificate authorities to be trusted beside those that Node trusts.',
    file: 'only',
  }),
  PROXY_URL: forms.proxyUrl.optional().register(descriptions, {
    form: 'http://user:password@host:port or https://…',
    otherwise: 'none',
    meaning: 'The proxy through which git providers are reached.',
    file: 'also',
  }),
  NO_PROXY: forms.list.optional().register(descriptions, {
    form: 'hosts, domains and blocks of addresses with commas between',
    otherwise: 'none',
    meaning: 'What is reached without `PROXY_URL`.',
  }),
  AUDIT_RETENTION_DAYS: forms.days.prefault('365').register(descriptions, {
    form: '1 to 36500',
    meaning: 'For how many days the audit trail keeps an event.',
  }),
  REPOSITORY_RETENTION_DAYS: forms.daysOrNever.prefault('90').register(descriptions, {
    form: '0 to 36500; 0: for ever',
    meaning: 'For how many days a repository is kept that nobody’s list holds any more.',
  }),
  SYNC_CONCURRENCY: forms.concurrency.prefault('8').register(descriptions, {
    form: '0 to 100',
    meaning:
      'How many sync tasks this process runs at a time. 0: none; workers and other servers on the same PostgreSQL run them.',
  }),
  METRICS_PORT: forms.port.optional().register(descriptions, {
    form: '0 to 65535; 0: any that is free',
    otherwise: 'none: no metrics are served',
    meaning:
      'The port at which `/metrics`, for Prometheus, and `/health/live` and `/health/ready` are served. Whoever reaches it may read them.',
  }),
  METRICS_HOST: forms.host.prefault('127.0.0.1').register(descriptions, {
    form: 'an IP address or a host name',
    meaning: 'Where that port is.',
  }),
  LOG_LEVEL: forms.logLevel.prefault('info').register(descriptions, {
    form: '`debug`, `info`, `warn`, `error` or `silent`',
    meaning: 'How much is written to the log, which is JSON, one line an event, on the standard output.',
  }),
});

export type Values = z.output<typeof definitions>;

/** A setting as it is documented. */
export interface Setting extends Description {
  readonly name: string;
  /** As it would be written. */
  readonly default?: string | undefined;
}

export function listSettings(): readonly Setting[] {
  return Object.entries(definitions.shape).map(([name, schema]) => {
    const description = descriptions.get(schema);
    if (description === undefined) throw new Error(`${name} is not described.`);
    return { name, ...description, default: defaultOf(schema) };
  });
}

function defaultOf(schema: z.ZodType): string | undefined {
  return schema instanceof z.ZodPrefault ? String(schema.def.defaultValue) : undefined;
}

/** The names under which a setting can be given: of itself, and of a file that holds it. */
export function namesOf({ name, file }: Setting): readonly string[] {
  if (file === undefined) return [name];
  return file === 'only' ? [`${name}_FILE`] : [name, `${name}_FILE`];
}
