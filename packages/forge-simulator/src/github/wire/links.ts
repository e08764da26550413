/** Where things are, as addresses in answers say it. */
export interface Links {
  /** With the prefix where there is one, without a slash at the end. */
  readonly apiUrl: string;
  readonly webUrl: string;
}

/** The legacy form of GitHub's global ids. */
export function nodeId(type: string, id: number): string {
  return Buffer.from(`0${type.length}:${type}${id}`).toString('base64');
}

/** The host that `git@host:` and `git://host/` name. */
export function gitHost(links: Links): string {
  return new URL(links.webUrl).hostname;
}
