/** The addresses that answers are made of. */
export interface Links {
  readonly webUrl: string;
  readonly apiUrl: string;
}

/** The host that git is reached at with SSH. */
export function sshHost({ webUrl }: Links): string {
  return new URL(webUrl).hostname;
}
