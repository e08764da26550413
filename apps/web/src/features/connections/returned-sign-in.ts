/** The server names the sign-in by it that a browser comes back from. */
const member = 'signIn';

/** @param href of this page: a path with its query */
export function returnedSignIn(href: string): string | undefined {
  return read(href).searchParams.get(member) ?? undefined;
}

/** The same address without it. */
export function withoutReturnedSignIn(href: string): string {
  const url = read(href);
  url.searchParams.delete(member);
  return `${url.pathname}${url.search}${url.hash}`;
}

function read(href: string): URL {
  return new URL(href, 'https://this-page.invalid');
}
