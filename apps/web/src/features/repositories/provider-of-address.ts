import type { ListedGitProvider } from '@anyforge/client';
import type { RepositoryAddress } from './repository-address.js';

type Provider = Pick<ListedGitProvider, 'id' | 'config' | 'connection'>;

/** The git provider at a host, at that very port if there is one: the one that I am signed in to, where there are several. */
export function providerAt<Candidate extends Provider>(
  providers: readonly Candidate[],
  host: string,
): Candidate | undefined {
  const atPort = providers.filter(({ config }) => urlsOf(config).some((url) => url.host === host));
  const there =
    atPort.length > 0 ? atPort : providers.filter(({ config }) => isAt(config, withoutPort(host)));
  return there.find(({ connection }) => connection !== null) ?? there[0];
}

/** Where one is asked about at first: the only git provider that I am signed in to. */
export function onlySignedIn<Candidate extends Provider>(
  providers: readonly Candidate[],
): Candidate | undefined {
  const signedIn = providers.filter(({ connection }) => connection !== null);
  return signedIn.length === 1 ? signedIn[0] : undefined;
}

/** What is left of an address at a git provider without the path that leads to the git provider itself. */
export function pathAt(
  { config }: Pick<Provider, 'config'>,
  { path, isOfWeb = false }: RepositoryAddress,
): string {
  const own = urlsOf(config).map(({ pathname }) =>
    pathname
      .split('/')
      .filter((part) => part !== '')
      .join('/'),
  );
  const prefix = isOfWeb ? own.find((one) => one !== '' && path.startsWith(`${one}/`)) : undefined;
  return prefix === undefined ? path : path.slice(prefix.length + 1);
}

function isAt(config: unknown, hostname: string): boolean {
  return urlsOf(config).some((url) => url.hostname === hostname);
}

/** All addresses that a config names, whatever its form. */
function urlsOf(config: unknown): readonly URL[] {
  if (typeof config === 'string') return URL.canParse(config) ? [new URL(config)] : [];
  return typeof config === 'object' && config !== null ? Object.values(config).flatMap(urlsOf) : [];
}

/** Clones over SSH go to another port than the page. */
function withoutPort(host: string): string {
  return host.replace(/:\d+$/, '');
}
