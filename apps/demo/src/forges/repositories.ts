import type { NewRepository, Repository, World } from '@anyforge/forge-simulator';
import type { Calendar } from './calendar.js';

/** A repository as a line of a list: its name, what it is for, how many days ago somebody pushed, what is special. */
export type Line = readonly [
  name: string,
  description: string | null,
  daysAgo: number,
  rest?: Omit<NewRepository, 'owner' | 'name' | 'description'>,
];

/** Adds the repositories of one owner. @returns each by its name */
export function addRepositories(
  { world, calendar }: { readonly world: World; readonly calendar: Calendar },
  owner: NewRepository['owner'],
  lines: readonly Line[],
  common: Omit<NewRepository, 'owner' | 'name' | 'description'> = {},
): ReadonlyMap<string, Repository> {
  return new Map(
    lines.map(([name, description, daysAgo, rest]) => {
      calendar.turnTo(daysAgo);
      return [name, world.addRepository({ owner, name, description, ...common, ...rest })] as const;
    }),
  );
}

/** One of those that were added. */
export function repositoryNamed(repositories: ReadonlyMap<string, Repository>, name: string): Repository {
  const found = repositories.get(name);
  if (found === undefined) throw new Error(`There is no repository '${name}' in the demo.`);
  return found;
}
