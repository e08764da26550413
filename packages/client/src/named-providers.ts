import type { ListedGitProvider, ProviderType } from './generated/api.js';

/** A name means no git provider, or more than one. */
export class ProviderNameError extends Error {
  override readonly name = 'ProviderNameError';

  /** @param candidates what it could have been, each with its host: `GitHub.com (github.com)` */
  constructor(
    message: string,
    readonly candidates: readonly string[],
  ) {
    super(message);
  }
}

/** A git provider with all that it may be called. */
export interface NamedProvider {
  readonly gitProvider: ListedGitProvider;
  /** Of the kind of forge. */
  readonly displayName: string;
  /** Undefined where its address cannot be read. */
  readonly host: string | undefined;
}

export function toNamedProviders(
  gitProviders: readonly ListedGitProvider[],
  types: readonly ProviderType[],
): readonly NamedProvider[] {
  const displayNames = new Map(types.map(({ type, displayName }) => [type, displayName]));
  return gitProviders.map((gitProvider) => ({
    gitProvider,
    displayName: displayNames.get(gitProvider.type) ?? gitProvider.type,
    host: hostOf(baseUrlOf(gitProvider.config)),
  }));
}

/**
 * Those that a name means, whatever its case: the one that has it as its own, else all of the kind of forge that it
 * names.
 */
export function matchProviders(
  providers: readonly NamedProvider[],
  name: string,
  host: string | undefined,
): readonly NamedProvider[] {
  const wanted = fold(name);
  const there = providers.filter((provider) => host === undefined || isAt(provider, host));
  const own = there.filter(({ gitProvider }) => fold(gitProvider.name) === wanted);
  if (own.length > 0) return own;
  return there.filter(
    ({ gitProvider, displayName }) => fold(displayName) === wanted || fold(gitProvider.type) === wanted,
  );
}

/** @throws ProviderNameError when not exactly one was meant. */
export function theOnly(
  matches: readonly NamedProvider[],
  {
    name,
    host,
    known,
  }: { readonly name: string; readonly host: string | undefined; readonly known: readonly NamedProvider[] },
): NamedProvider {
  const [only, ...others] = matches;
  const called = host === undefined ? `"${name}"` : `"${name}" at ${host}`;
  if (only === undefined) {
    const candidates = known.map(describe);
    throw new ProviderNameError(
      candidates.length === 0
        ? 'There is no git provider yet. An administrator adds them.'
        : `There is no git provider ${called}. There are ${candidates.join(', ')}.`,
      candidates,
    );
  }
  if (others.length > 0) {
    const candidates = matches.map(describe);
    throw new ProviderNameError(
      `${called} is more than one git provider: ${candidates.join(', ')}. Give the full name of one, or its host as well.`,
      candidates,
    );
  }
  return only;
}

function describe({ gitProvider, host }: NamedProvider): string {
  return host === undefined ? gitProvider.name : `${gitProvider.name} (${host})`;
}

function isAt({ host }: NamedProvider, wanted: string): boolean {
  return host !== undefined && host === (hostOf(wanted) ?? hostOf(`https://${wanted}`));
}

/** The address in a config, whose other members only its plugin knows. */
function baseUrlOf(config: unknown): string {
  if (typeof config !== 'object' || config === null || !('baseUrl' in config)) return '';
  return typeof config.baseUrl === 'string' ? config.baseUrl : '';
}

function hostOf(url: string): string | undefined {
  return /^https?:/i.test(url) && URL.canParse(url) ? new URL(url).host : undefined;
}

function fold(text: string): string {
  return text.trim().toLowerCase();
}
