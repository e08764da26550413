import type { GithubSimulator, GitlabSimulator, Person, World } from '@anyforge/forge-simulator';
import { createWorld, startGithubSimulator, startGitlabSimulator } from '@anyforge/forge-simulator';

/** A simulated forge, and those who have accounts there under the user names that they have on the server. */
export interface Forge<Simulator> {
  readonly simulator: Simulator;
  readonly ada: Person;
  readonly eve: Person;
}

/** Two organizations: one that both people are in, one of Ada's alone; and what is their own. */
function addCompany(world: World): Omit<Forge<never>, 'simulator'> {
  const ada = world.addPerson({ username: 'ada', name: 'Ada Lovelace' });
  const eve = world.addPerson({ username: 'eve', name: 'Eve Moneypenny' });
  const acme = world.addOrganization({
    slug: 'acme',
    name: 'Acme',
    basePermission: 'read',
    owners: [ada],
    members: [eve],
  });
  const globex = world.addOrganization({ slug: 'globex', name: 'Globex', owners: [ada] });
  for (const name of ['api', 'website']) world.addRepository({ owner: acme, name, visibility: 'public' });
  for (const name of ['billing', 'infrastructure']) world.addRepository({ owner: acme, name });
  world.addRepository({ owner: globex, name: 'rockets' });
  world.addRepository({ owner: ada, name: 'dotfiles' });
  return { ada, eve };
}

/** A GitHub Enterprise Server. Ada reaches six repositories there: `acme/*` (four), `globex/rockets`, `ada/dotfiles`. */
export async function startGithub(): Promise<Forge<GithubSimulator>> {
  const world = createWorld();
  const people = addCompany(world);
  return { simulator: await startGithubSimulator({ world, profile: 'enterprise-server' }), ...people };
}

/** A self-managed GitLab below a path, with the same company. */
export async function startGitlab(): Promise<Forge<GitlabSimulator>> {
  const world = createWorld();
  const people = addCompany(world);
  const simulator = await startGitlabSimulator({ world, profile: 'self-managed', pathPrefix: '/gitlab' });
  return { simulator, ...people };
}
