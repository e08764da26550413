import type { ErrorRow, Repair } from '@anyforge/provider-kit';
import { z } from 'zod';
import { signedInAs } from './signed-in.js';

const errorsWire = z.object({
  errors: z.array(z.object({ message: z.string().nullish(), exceptionName: z.string().nullish() })),
});

/** Bitbucket's words for people. */
export function readMessage(body: unknown): string | undefined {
  const messages = errorsOf(body).flatMap(({ message }) => message ?? []);
  return messages.length === 0 ? undefined : messages.join(' ');
}

const introduction = 'https://developer.atlassian.com/server/bitbucket/rest/latest/intro/';
const errorsPage = `${introduction}#errors--validation`;

/**
 * How Bitbucket says what it says, where the status alone does not tell. The first row that matches decides.
 *
 * @param webUrl the one place that a repair may link to on Bitbucket's word
 */
export const errorRows = (webUrl: string): readonly ErrorRow[] => [
  notBitbucket(webUrl),
  captcha(webUrl),
  withoutLicence,
  withoutResource,
];

/**
 * The same for whoever came with a credential. Bitbucket takes a token that it does not recognize, an expired one among
 * them, for nobody: it answers what anybody may see, with a 200 and a list in which everything else is missing. Who an
 * answer is for is told by `X-AUSERNAME` on every one. And a 401 to somebody it knows means "not permitted".
 */
export const signedInRows = (webUrl: string): readonly ErrorRow[] => [
  pageForPeople(webUrl),
  notBitbucket(webUrl),
  captcha(webUrl),
  forNobody,
  withoutLicence,
  notPermitted,
  withoutResource,
];

/** What an answer of something else means. */
const somethingElse = (webUrl: string) =>
  ({
    kind: 'invalid_response',
    text: () => notBitbucketText(webUrl),
    repair: () => addressRepair(webUrl),
    see: introduction,
  }) as const;

/** Bitbucket answers with files as they are, too. */
const pageForPeople = (webUrl: string): ErrorRow => ({
  ...somethingElse(webUrl),
  status: 200,
  when: ({ headers }) => !isBitbucket(headers) && !/\bjson\b/i.test(headers.get('content-type') ?? ''),
});

const notBitbucket = (webUrl: string): ErrorRow => ({
  ...somethingElse(webUrl),
  status: [404, 405],
  when: ({ headers }) => !isBitbucket(headers),
});

const captcha = (webUrl: string): ErrorRow => ({
  status: [401, 403],
  header: { name: 'x-authentication-denied-reason', pattern: /CAPTCHA/i },
  kind: 'unauthenticated',
  text: () => 'Bitbucket asks this account to solve a CAPTCHA first, after sign-ins that failed.',
  repair: () => ({
    text: 'Sign in to Bitbucket in a browser, and solve it there.',
    url: `${webUrl}/login`,
  }),
  see: 'https://confluence.atlassian.com/bitbucketserver/password-and-authentication-778408860.html',
});

const forNobody: ErrorRow = {
  status: [200, 401, 403, 404],
  when: ({ headers }) => signedInAs(headers) === undefined,
  kind: 'unauthenticated',
  text: () => 'Bitbucket did not accept the sign-in, and answers as to somebody unknown.',
  repair: () => ({
    text:
      'Sign in again, or enter a token that has neither expired nor been revoked. If the token is good, see whether a ' +
      'proxy takes the header X-AUSERNAME from the answers.',
  }),
  see: 'https://support.atlassian.com/bitbucket-data-center/kb/access-tokens-no-longer-work-as-expected-after-upgrading-bitbucket-data-center',
};

const withoutLicence: ErrorRow = {
  status: 401,
  when: ({ body }) => names(body, 'NoAccessAuthenticationException'),
  kind: 'forbidden',
  text: () => 'This account has no access to Bitbucket.',
  repair: () => ({ text: 'Ask an administrator of Bitbucket to give it access.' }),
  see: errorsPage,
};

const notPermitted: ErrorRow = {
  status: 401,
  kind: 'forbidden',
  repair: () => ({
    text: 'Ask for access to the project or repository, or use a token that has more permissions.',
  }),
  see: errorsPage,
};

const withoutResource: ErrorRow = {
  status: 404,
  when: ({ body }) => isWithoutResource(body),
  kind: 'unsupported',
  text: () => 'This version of Bitbucket lacks something that anyforge needs.',
  repair: () => ({ text: 'Update Bitbucket: Atlassian no longer supports versions that lack it.' }),
  see: introduction,
};

export function notBitbucketText(webUrl: string): string {
  return `${webUrl} does not answer as Bitbucket's API does.`;
}

/** Something answers there that is not Bitbucket. */
export function addressRepair(webUrl: string): Repair {
  return {
    text: `Check that ${webUrl} is the web address of Bitbucket, with its context path, and that no proxy answers in its place.`,
  };
}

/** Every answer of Bitbucket has the id of its request. */
export const requestIdHeader = 'x-arequestid';

function isBitbucket(headers: Headers): boolean {
  return headers.has(requestIdHeader);
}

function names(body: unknown, exception: string): boolean {
  return errorsOf(body).some(({ exceptionName }) => exceptionName?.endsWith(`.${exception}`) === true);
}

/** A path without a resource is refused by what is below Bitbucket, which knows nothing of its errors. */
function isWithoutResource(body: unknown): boolean {
  return z.object({ 'status-code': z.literal(404) }).safeParse(body).success;
}

function errorsOf(body: unknown) {
  return errorsWire.safeParse(body).data?.errors ?? [];
}
