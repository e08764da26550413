/** What one account is told at one instant. */
export interface Facts {
  /** By the forge's id. */
  readonly repositories: ReadonlyMap<string, Fact>;
  /** The organizations that the forge leaves out, and says so. */
  readonly omitted: readonly NamedOrganization[];
}

interface NamedOrganization {
  readonly id: string;
  readonly path: string;
}

export interface Fact {
  readonly path: string;
  readonly level: string;
  /** The ids of the organization that owns it and of those around that. */
  readonly organizations: readonly string[];
}

/** Which repositories a git provider lets through. */
export interface Selection {
  /** Empty: no lock. */
  readonly organizations: readonly NamedOrganization[];
  /** Empty: everything. Only `**`, `path/**` and `!path/**` are known here; the last that matches decides. */
  readonly patterns: readonly string[];
}

export function letsThrough(
  { organizations, patterns }: Selection,
  fact: Pick<Fact, 'path' | 'organizations'>,
): boolean {
  const isInside =
    organizations.length === 0 || organizations.some(({ id }) => fact.organizations.includes(id));
  return isInside && passesPatterns(patterns, fact.path);
}

export function passesPatterns(patterns: readonly string[], path: string): boolean {
  const deciding = patterns.findLast((pattern) => {
    const prefix = pattern.replace(/^!/, '').replace(/\*\*$/, '');
    return path.toLowerCase().startsWith(prefix.toLowerCase());
  });
  return patterns.length === 0 || (deciding !== undefined && !deciding.startsWith('!'));
}
