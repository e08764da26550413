/** What somebody gave as a repository: its path, and the host when it was an address. */
export interface RepositoryAddress {
  readonly path: string;
  readonly host?: string | undefined;
  /** Whether it is one for browsers, whose path begins with that of the forge. */
  readonly isOfWeb?: boolean;
}

/** Reads what people have at hand: `acme/api`, `https://forge.example/acme/api.git`, `git@forge.example:acme/api.git`. */
export function readRepositoryAddress(given: string): RepositoryAddress {
  const trimmed = given.trim();
  const [, host, path] = scpForm.exec(trimmed) ?? [];
  if (host !== undefined && path !== undefined) return { host: host.toLowerCase(), path: tidy(path) };
  if (!trimmed.includes('://') || !URL.canParse(trimmed)) return { path: tidy(trimmed) };
  const url = new URL(trimmed);
  const isOfWeb = url.protocol === 'https:' || url.protocol === 'http:';
  return { host: url.host, path: tidy(decode(url.pathname)), isOfWeb };
}

/** As git itself takes it: `user@host:path`, where the path does not begin with a port. */
const scpForm = /^[\w.-]+@([\w.-]+):(?!\/)(.+)$/;

function tidy(path: string): string {
  return path
    .split('/')
    .filter((part) => part !== '')
    .join('/')
    .replace(/\.git$/, '');
}

function decode(pathname: string): string {
  try {
    return decodeURI(pathname);
  } catch {
    return pathname;
  }
}
