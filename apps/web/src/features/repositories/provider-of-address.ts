import type { ListedGitProvider } from '@anyforge/client';

type Provider = Pick<ListedGitProvider, 'id' | 'config' | 'connection'>;

/** The git provider at a host: the one that I am signed in to, where there are several. */
export function providerAt<Candidate extends Provider>(
  providers: readonly Candidate[],
  host: string,
): Candidate | undefined {
  const there = providers.filter(({ config }) => hostsOf(config).includes(withoutPort(host)));
  return there.find(({ connection }) => connection !== null) ?? there[0];
}

/** Where one is asked about at first: the only git provider that I am signed in to. */
export function onlySignedIn<Candidate extends Provider>(
  providers: readonly Candidate[],
): Candidate | undefined {
  const signedIn = providers.filter(({ connection }) => connection !== null);
  return signedIn.length === 1 ? signedIn[0] : undefined;
}

/** All hosts that a config names, whatever its form. */
function hostsOf(config: unknown): readonly string[] {
  if (typeof config === 'string') return URL.canParse(config) ? [new URL(config).hostname] : [];
  return typeof config === 'object' && config !== null ? Object.values(config).flatMap(hostsOf) : [];
}

/** Clones over SSH go to another port than the page. */
function withoutPort(host: string): string {
  return host.replace(/:\d+$/, '');
}
