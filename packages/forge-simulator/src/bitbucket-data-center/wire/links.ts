/** Where the simulated Bitbucket lives. */
export interface Links {
  /** With the context path. */
  readonly webUrl: string;
  readonly apiUrl: string;
}

/** The port that Bitbucket gives git over SSH unless it is told otherwise. */
const sshPort = 7999;

export function sshUrl({ webUrl }: Links, path: string): string {
  return `ssh://git@${new URL(webUrl).hostname}:${sshPort}/${path}.git`;
}
