import type { CallOptions, GitSession } from '@anyforge/core';
import type { Person, World } from '@anyforge/forge-simulator';
import { holdersOf } from '@anyforge/forge-simulator';
import { must, mustEqual, mustList } from './checks.js';
import { collect, mustBeWhole } from './listing.js';
import type { Forge } from './stage/forge.js';
import type { Facts } from './subject.js';
import { levelAt, makeCompany } from './worlds.js';

/** Something that a session is asked, in a world in which the answer takes several pages where it has pages. */
export interface Question {
  /** As an author calls it: 'repositories of one organization'. */
  readonly name: string;
  /** @param pages how many full pages there are before the last one, which is not; two unless told otherwise */
  readonly prepare: (facts: Facts, pages?: number) => Scene;
}

export interface Scene {
  readonly world: World;
  /** Who asks. */
  readonly person: Person;
  /** @returns how to hold the answer against the world. @throws what the session throws */
  readonly ask: (forge: Forge, session: GitSession, options?: CallOptions) => Promise<() => void>;
}

/** On the last page, which is not full. */
const beyondPages = 7;

export const identityQuestion: Question = {
  name: 'identity',
  prepare(facts) {
    const { world, ada } = makeCompany(facts, 1);
    return {
      world,
      person: ada,
      async ask(forge, session, options) {
        const { account } = await session.identity(options);
        return () => {
          mustEqual(account.id, forge.names.accountId(ada), "the account's id");
        };
      },
    };
  },
};

export const organizationsQuestion: Question = {
  name: 'organizations',
  prepare(facts, pages = 2) {
    const { world, ada, acme } = makeCompany(facts, 1);
    // On some forges nobody belongs to an organization without having anything there.
    const [basePermission = 'none'] = facts.grants.base ?? [];
    const count = pages * (facts.pageSizes?.organizations ?? facts.pageSize) + beyondPages;
    const others = Array.from({ length: count }, (_, index) =>
      world.addOrganization({
        slug: `${index % 3 === 0 ? 'Guild' : 'club'}-${index}`,
        name: `Größe ${index}`,
        members: [ada],
        basePermission,
      }),
    );
    return {
      world,
      person: ada,
      async ask(forge, session, options) {
        const listed = await collect(session.organizations(options));
        return () => {
          mustList(
            listed.map(({ id, path }) => `${id} ${path}`).toSorted(),
            [acme, ...others]
              .map((each) => `${forge.names.organizationId(each)} ${forge.names.organizationPath(each)}`)
              .toSorted(),
            'the organizations',
          );
        };
      },
    };
  },
};

const repositoriesQuestion: Question = {
  name: 'repositories',
  prepare(facts, pages = 2) {
    const { world, ada } = makeCompany(facts, pages * facts.pageSize + beyondPages);
    return {
      world,
      person: ada,
      async ask(forge, session, options) {
        const listed = await collect(session.repositories({}, options));
        return () => {
          mustBeWhole(listed, forge, ada);
        };
      },
    };
  },
};

const narrowedQuestion: Question = {
  name: 'repositories of one organization',
  prepare(facts, pages = 2) {
    const { world, ada, acme } = makeCompany(facts, pages * facts.pageSize + beyondPages);
    const second = world.addOrganization({ slug: 'second', members: [ada] });
    const other = world.addRepository({ owner: second, name: 'elsewhere' });
    world.grant({ to: ada, on: other, level: levelAt(facts, 0) });
    return {
      world,
      person: ada,
      async ask(forge, session, options) {
        const organizations = [{ id: forge.names.organizationId(acme) }];
        const listed = await collect(session.repositories({ organizations }, options));
        return () => {
          mustBeWhole(listed, forge, ada, ({ owner }) => owner === acme);
        };
      },
    };
  },
};

const repositoryQuestion: Question = {
  name: 'repository',
  prepare(facts) {
    const { world, ada, repositories } = makeCompany(facts, 3);
    const expected = repositories.at(-1);
    if (expected === undefined) throw new Error('there are repositories');
    return {
      world,
      person: ada,
      async ask(forge, session, options) {
        const found = await session.repository({ path: forge.names.repositoryPath(expected) }, options);
        return () => {
          mustEqual(found.id, forge.names.repositoryId(expected), "the repository's id");
          mustEqual(found.permission.level, levelAt(facts, repositories.length - 1), 'the permission on it');
        };
      },
    };
  },
};

export const permissionsQuestion: Question = {
  name: 'permissions',
  prepare(facts, pages = 2) {
    const { world, grace, acme, repositories } = makeCompany(facts, 1);
    const [repository] = repositories;
    if (repository === undefined) throw new Error('there is one repository');
    const count = pages * (facts.pageSizes?.permissions ?? facts.pageSize) + beyondPages;
    for (let index = 0; index < count; index += 1) {
      const person = world.addPerson({ username: `person-${index}`, name: `Ångström ${index}` });
      // Some through the organization, which some forges list apart.
      if (index % 2 === 0 || facts.grants.member === undefined) {
        world.setMember({ organization: acme, person });
        world.grant({ to: person, on: repository, level: levelAt(facts, index) });
      } else {
        const levels = facts.grants.member;
        world.setMember({ organization: acme, person, level: levels[index % levels.length] ?? 'read' });
      }
    }
    return {
      world,
      person: grace,
      async ask(forge, session, options) {
        const id = forge.names.repositoryId(repository);
        const listed = await collect(session.permissions({ id }, options));
        return () => {
          const holders = [...holdersOf(world, repository, facts.rules)];
          must(holders.length > count, `the world has ${holders.length} people with a permission`);
          mustList(
            listed.map(({ account, permission }) => `${account.id} ${permission.level}`).toSorted(),
            holders.map(([person, { level }]) => `${forge.names.accountId(person)} ${level}`).toSorted(),
            'everybody with a permission',
          );
        };
      },
    };
  },
};

/** Everything that a session asks the forge. */
export const questions: readonly Question[] = [
  identityQuestion,
  organizationsQuestion,
  repositoriesQuestion,
  narrowedQuestion,
  repositoryQuestion,
  permissionsQuestion,
];

/** What takes several pages, each in another way. */
export const longQuestions: readonly Question[] = [
  repositoriesQuestion,
  organizationsQuestion,
  permissionsQuestion,
];
