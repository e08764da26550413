import { X509Certificate } from 'node:crypto';
import { isIP } from 'node:net';
import { z } from 'zod';

/** The forms that settings are written in: texts, as an environment has them, become values. */

export const port = z
  .string()
  .regex(/^\d{1,5}$/, 'must be a port number')
  .transform(Number)
  .refine((number) => number <= 65_535, 'must be a port number');

export const host = z
  .string()
  .refine(
    (text) => isIP(text) !== 0 || /^[a-z\d]([a-z\d.-]*[a-z\d])?$/i.test(text),
    'must be an IP address or the name of this machine',
  );

export const text = z.string();

export const folder = z.string();

/** Names between commas. */
export const list = z.string().transform((value) =>
  value
    .split(',')
    .map((entry) => entry.trim())
    .filter((entry) => entry !== ''),
);

/** 32 bytes in base64, standard or URL-safe. */
const encryptionKeyForm = /^[\w+/-]{43}=?$/;
const encryptionKeyWords = 'must be 32 bytes in base64, for example from: openssl rand -base64 32';

export const encryptionKey = z.string().regex(encryptionKeyForm, encryptionKeyWords);

export const encryptionKeys = list.pipe(
  z.array(z.string().regex(encryptionKeyForm, `${encryptionKeyWords}; several with commas between`)),
);

const loopbackHosts: ReadonlySet<string> = new Set(['localhost', '127.0.0.1', '::1']);

/** The hosts on which plain http is safe: nobody is between. */
export function isLoopbackHost(name: string): boolean {
  return loopbackHosts.has(name.replace(/^\[|\]$/g, '').toLowerCase());
}

export const yesOrNo = z.enum(['yes', 'no'], 'must be yes or no').transform((value) => value === 'yes');

/** As the provider writes it, to the letter: it is compared. */
export const issuer = z.string().refine((value) => {
  if (!URL.canParse(value)) return false;
  const { protocol, hostname, username, search, hash } = new URL(value);
  if ([username, search, hash].some((part) => part !== '')) return false;
  return protocol === 'https:' || (protocol === 'http:' && isLoopbackHost(hostname));
}, 'must be the address of an OpenID Connect provider, like https://login.example.com');

export const scopes = z
  .string()
  .refine(
    (value) => value.split(' ').includes('openid'),
    'must be scopes with spaces between, openid among them',
  );

/** The address at which people reach the server, as an origin with the path before everything, without a slash at the end. */
export const publicUrl = z.string().transform((value, context) => {
  const refuse = (message: string) => {
    context.addIssue({ code: 'custom', message });
    return z.NEVER;
  };
  const url = URL.canParse(value) ? new URL(value) : undefined;
  if (url === undefined || !['https:', 'http:'].includes(url.protocol))
    return refuse('must be the address of this server, like https://anyforge.example.com');
  if (url.protocol === 'http:' && !isLoopbackHost(url.hostname))
    return refuse('must begin with https://: plain http is for localhost, 127.0.0.1 and [::1] only');
  if ([url.username, url.password, url.search, url.hash].some((part) => part !== ''))
    return refuse('must be a bare address: no user name, query or fragment');
  const path = url.pathname.replace(/\/+$/, '');
  if (!/^(\/[\w.~-]+)*$/.test(path))
    return refuse('may have a path of letters, digits and the signs - . _ ~ only');
  return `${url.origin}${path}`;
});

export const databaseUrl = z.string().refine((value) => {
  const url = URL.canParse(value) ? new URL(value) : undefined;
  return url !== undefined && ['postgres:', 'postgresql:'].includes(url.protocol) && url.hostname !== '';
}, 'must be the address of a PostgreSQL database, like postgres://user:password@host:5432/database');

const addressKinds = ['private', 'loopback'] as const;

export const addresses = list.pipe(
  z.array(z.enum(addressKinds, { error: 'must be private, loopback, or both with a comma between' })),
);

export const certificates = z
  .string()
  .refine(hasCertificates, 'must name a file of certificates in PEM, and every one of them must be readable');

function hasCertificates(pem: string): boolean {
  const found = pem.match(/-----BEGIN CERTIFICATE-----[^-]*-----END CERTIFICATE-----/g) ?? [];
  return found.length > 0 && found.every(isCertificate);
}

function isCertificate(pem: string): boolean {
  try {
    new X509Certificate(pem);
    return true;
  } catch {
    return false;
  }
}

export const proxyUrl = z
  .string()
  .refine(
    (value) => URL.canParse(value) && ['http:', 'https:'].includes(new URL(value).protocol),
    'must begin with http:// or https://',
  );

const trustProxyWords =
  'must be how many proxies are before this server, or their addresses with commas between (10.0.0.0/8, loopback)';
/** Names that Express knows for blocks of addresses. */
const addressNames: ReadonlySet<string> = new Set(['loopback', 'linklocal', 'uniquelocal']);

export const trustProxy = z.union(
  [
    z
      .string()
      .regex(/^\d{1,2}$/)
      .transform(Number),
    list.pipe(z.array(z.string().refine(isAddressBlock, trustProxyWords)).min(1, trustProxyWords)),
  ],
  { error: trustProxyWords },
);

function isAddressBlock(entry: string): boolean {
  if (addressNames.has(entry)) return true;
  const [address = '', bits, ...rest] = entry.split('/');
  const version = isIP(address);
  if (version === 0 || rest.length > 0) return false;
  // Whoever trusts every address trusts nobody's word: Express takes no block of 0 bits.
  return bits === undefined || (/^[1-9]\d{0,2}$/.test(bits) && Number(bits) <= (version === 4 ? 32 : 128));
}

const milliseconds: Readonly<Record<string, number>> = {
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
};

/** In milliseconds. */
export const duration = z
  .string()
  .regex(/^[1-9]\d{0,4}[mhd]$/, 'must be a number with m, h or d behind it: minutes, hours or days, like 12h')
  .transform((value) => Number(value.slice(0, -1)) * (milliseconds[value.slice(-1)] ?? 0));

export const days = numberOfDays(/^[1-9]\d{0,4}$/);

/** 0: never. */
export const daysOrNever = numberOfDays(/^(0|[1-9]\d{0,4})$/);

export const concurrency = z
  .string()
  .regex(/^\d{1,3}$/, 'must be a number from 0 to 100')
  .transform(Number)
  .refine((number) => number <= 100, 'must be a number from 0 to 100');

const logLevels = ['debug', 'info', 'warn', 'error', 'silent'] as const;

export const logLevel = z.enum(logLevels, { error: 'must be debug, info, warn, error or silent' });

function numberOfDays(form: RegExp) {
  return z
    .string()
    .regex(form, 'must be a number of days')
    .transform(Number)
    .refine((number) => number <= 36_500, 'must be at most 36500 days');
}
