import type { OpenIdConnectOptions } from '@anyforge/hub';
import type { z } from 'zod';
import type { Values } from './settings/definitions.js';
import { definitions, listSettings } from './settings/definitions.js';
import { isLoopbackHost } from './settings/forms.js';
import type { Environment } from './settings/sources.js';
import { collectSettings } from './settings/sources.js';

/** What the operator decides. `docs/configuration.md` tells each. */
export interface Settings {
  readonly host: string;
  readonly port: number;
  /** An origin with perhaps a path, without a slash at the end. Absent: `http://localhost` and the port. */
  readonly publicUrl?: string | undefined;
  /**
   * Nobody but this machine's own programs can reach the server: it listens there only, is told of nowhere else, and has
   * no proxy before it.
   */
  readonly loopbackOnly: boolean;
  /** How many proxies are before the server, or which. */
  readonly trustProxy: number | readonly string[];
  readonly dataDirectory: string;
  /** Absent: the embedded database. */
  readonly databaseUrl?: string | undefined;
  /** 32 bytes in base64. Absent: a key is generated into the data directory. */
  readonly encryptionKey?: string | undefined;
  /** Others that open what they have encrypted: earlier ones, and the next. */
  readonly oldEncryptionKeys: readonly string[];
  /** Whom to make administrator at the first start. */
  readonly administrator?: { readonly username: string; readonly password: string } | undefined;
  readonly openIdConnect?: Omit<OpenIdConnectOptions, 'fetch'> | undefined;
  readonly sessions: { readonly idleMs: number; readonly lifetimeMs: number };
  /** Whether a first start adds the public forges. */
  readonly publicGitProviders: boolean;
  /** Which addresses git providers may have, besides public ones. */
  readonly addresses: { readonly private: boolean; readonly loopback: boolean };
  /** Certificates in PEM of further authorities. */
  readonly ca?: string | undefined;
  readonly proxy?: { readonly url: string; readonly noProxy: readonly string[] } | undefined;
  readonly auditRetentionDays: number;
  readonly repositoryRetentionDays: number;
  /** How many sync tasks this process runs at a time; 0: it leaves them to others. */
  readonly syncConcurrency: number;
  /** Where the process tells whoever watches over it how it does. Absent: nowhere. */
  readonly metrics?: { readonly host: string; readonly port: number } | undefined;
  readonly logLevel: Values['LOG_LEVEL'];
}

/** A setting is wrong. The message names every one that is, and what it must be; never its value. */
export class SettingsError extends Error {
  override readonly name = 'SettingsError';
}

/**
 * Reads the settings: from the environment, from the file that `ANYFORGE_CONFIG` names, and from the files that
 * `…_FILE` settings name. What is given but empty counts as not given.
 *
 * @throws SettingsError
 */
export function readSettings(environment: Environment): Settings {
  const { texts, mistakes } = collectSettings(environment);
  const result = definitions.safeParse(Object.fromEntries(texts), { reportInput: false });
  const all = [...mistakes, ...mistakesOf(result.error), ...disagreements(texts)];
  if (result.data === undefined || all.length > 0) throw new SettingsError([...new Set(all)].join('\n'));
  return toSettings(result.data);
}

function mistakesOf(error: z.ZodError | undefined): readonly string[] {
  return (error?.issues ?? []).map(({ path, message }) => `${givenAs(String(path[0]))} ${message}.`);
}

/** Under which name it can be given, where that is not its own. */
function givenAs(name: string): string {
  const setting = listSettings().find((candidate) => candidate.name === name);
  return setting?.file === 'only' ? `${name}_FILE` : name;
}

const ofTheIssuer = ['OIDC_CLIENT_SECRET', 'OIDC_DISPLAY_NAME', 'OIDC_SCOPES', 'OIDC_CREATE_PEOPLE'];

/** What is wrong of several settings together, however each is written. */
function disagreements(texts: ReadonlyMap<string, string>): readonly string[] {
  const host = texts.get('HOST');
  const rules: readonly (readonly [boolean, string])[] = [
    [
      host !== undefined && !isLoopbackHost(host) && !texts.has('PUBLIC_URL'),
      'PUBLIC_URL is needed when HOST is not a loopback address: the address at which people reach this server.',
    ],
    [
      Number(texts.get('TRUST_PROXY') ?? 0) !== 0 && !texts.has('PUBLIC_URL'),
      'PUBLIC_URL is needed with TRUST_PROXY: the address at which people reach the proxy.',
    ],
    [
      Number(texts.get('SYNC_CONCURRENCY') ?? 1) === 0 && !texts.has('DATABASE_URL'),
      'DATABASE_URL is needed when SYNC_CONCURRENCY is 0: on the embedded database nobody else could synchronize.',
    ],
    [
      texts.has('ADMIN_USERNAME') !== texts.has('ADMIN_PASSWORD'),
      'ADMIN_USERNAME and ADMIN_PASSWORD are needed together, or neither.',
    ],
    [
      texts.has('OIDC_ISSUER') !== texts.has('OIDC_CLIENT_ID'),
      'OIDC_ISSUER and OIDC_CLIENT_ID are needed together, or neither.',
    ],
    ...ofTheIssuer.map(
      (name) =>
        [
          texts.has(name) && !texts.has('OIDC_ISSUER'),
          `OIDC_ISSUER is needed with ${name}: without it, people sign in with passwords only.`,
        ] as const,
    ),
  ];
  return rules.filter(([wrong]) => wrong).map(([, words]) => words);
}

function toSettings(values: Values): Settings {
  const { HOST, PUBLIC_URL, ADMIN_USERNAME, ADMIN_PASSWORD, PROXY_URL, ALLOW_ADDRESSES = [] } = values;
  return {
    host: HOST,
    port: values.PORT,
    publicUrl: PUBLIC_URL,
    loopbackOnly:
      values.TRUST_PROXY === 0 &&
      isLoopbackHost(HOST) &&
      (PUBLIC_URL === undefined || isLoopbackHost(new URL(PUBLIC_URL).hostname)),
    trustProxy: values.TRUST_PROXY,
    dataDirectory: values.DATA_DIR,
    databaseUrl: values.DATABASE_URL,
    encryptionKey: values.ENCRYPTION_KEY,
    oldEncryptionKeys: values.ENCRYPTION_KEYS_OLD ?? [],
    administrator:
      ADMIN_USERNAME === undefined || ADMIN_PASSWORD === undefined
        ? undefined
        : { username: ADMIN_USERNAME, password: ADMIN_PASSWORD },
    openIdConnect: toOpenIdConnect(values),
    sessions: { idleMs: values.SESSION_IDLE_LIFETIME, lifetimeMs: values.SESSION_LIFETIME },
    publicGitProviders: values.PUBLIC_GIT_PROVIDERS,
    addresses: {
      private: ALLOW_ADDRESSES.includes('private'),
      loopback: ALLOW_ADDRESSES.includes('loopback'),
    },
    ca: values.CA,
    proxy: PROXY_URL === undefined ? undefined : { url: PROXY_URL, noProxy: values.NO_PROXY ?? [] },
    auditRetentionDays: values.AUDIT_RETENTION_DAYS,
    repositoryRetentionDays: values.REPOSITORY_RETENTION_DAYS,
    syncConcurrency: values.SYNC_CONCURRENCY,
    metrics:
      values.METRICS_PORT === undefined
        ? undefined
        : { host: values.METRICS_HOST, port: values.METRICS_PORT },
    logLevel: values.LOG_LEVEL,
  };
}

function toOpenIdConnect(values: Values): Settings['openIdConnect'] {
  const { OIDC_ISSUER: issuer, OIDC_CLIENT_ID: clientId } = values;
  if (issuer === undefined || clientId === undefined) return undefined;
  return {
    issuer,
    clientId,
    clientSecret: values.OIDC_CLIENT_SECRET,
    displayName: values.OIDC_DISPLAY_NAME,
    scopes: values.OIDC_SCOPES,
    createPeople: values.OIDC_CREATE_PEOPLE,
  };
}
