import type { Organization as WorldOrganization } from '@anyforge/forge-simulator';
import { createWorld, effectiveLevel, holdersOf } from '@anyforge/forge-simulator';
import type { ContractCase } from '../case.js';
import { must, mustEqual, mustList, mustSucceed } from '../checks.js';
import type { GrantKind } from '../grant-kinds.js';
import { grantKinds } from '../grant-kinds.js';
import { grantInScene } from '../grant-scenes.js';
import { collect, mustBeWhole, reachIn } from '../listing.js';
import { rehearse } from '../rehearse.js';
import { levelAt, makeCompany } from '../worlds.js';

const kinds = Object.keys(grantKinds).filter((name): name is GrantKind => name in grantKinds);

export const permissionCases: readonly ContractCase[] = [
  ...kinds.map((kind): ContractCase => ({
    id: `permission-${kind}`,
    title: `knows what somebody may do ${grantKinds[kind]}`,
    grant: kind,
    async run(stage) {
      const { facts } = stage.subject;
      const world = createWorld();
      const ada = world.addPerson({ username: 'ada', administrator: kind === 'administrator' });
      const levels = facts.grants[kind] ?? [];
      const direct = facts.grants.direct;
      for (const [index, level] of levels.entries()) {
        grantInScene(kind, { world, person: ada, level, name: `alone-${index}` });
        // The higher of two counts, whichever way it came.
        const other = direct[(index + 1) % direct.length];
        if (kind === 'direct' || kind === 'personal' || other === undefined) continue;
        const both = grantInScene(kind, { world, person: ada, level, name: `both-${index}` });
        world.grant({ to: ada, on: both, level: other });
      }
      const forge = await stage.start(world);
      const { session } = forge.signIn(ada);
      const listed = await collect(session.repositories());
      mustBeWhole(listed, forge, ada);
      must(listed.length >= levels.length, `${listed.length} repositories for ${levels.length} levels`);
      for (const { id, path, permission } of listed)
        mustEqual((await session.repository({ id })).permission, permission, `the permission on ${path}`);
    },
  })),
  {
    id: 'permissions-of-others',
    title: 'lists everybody who has a permission on a repository, with the effective one',
    async run(stage) {
      const { facts } = stage.subject;
      const { world, ada, grace, acme, repositories } = makeCompany(facts, 1);
      const [repository] = repositories;
      if (repository === undefined) throw new Error('there is one repository');
      facts.grants.direct.forEach((level, index) => {
        const person = world.addPerson({ username: `person-${index}` });
        world.setMember({ organization: acme, person });
        world.grant({ to: person, on: repository, level });
      });
      const forge = await stage.start(world);
      const { session } = forge.signIn(grace);
      const id = forge.names.repositoryId(repository);
      const listed = await mustSucceed(collect(session.permissions({ id })), 'the permissions, for an owner');
      const holders = [...holdersOf(world, repository, facts.rules)];
      must(
        holders.length > facts.grants.direct.length,
        `the world has ${holders.length} holders of ${ada.path}'s`,
      );
      mustList(
        listed.map(({ account, permission }) => `${account.id} ${permission.level}`).toSorted(),
        holders.map(([person, { level }]) => `${forge.names.accountId(person)} ${level}`).toSorted(),
        'everybody with a permission',
      );
    },
  },
  {
    id: 'permissions-via',
    title: 'tells where the permissions of others come from',
    needs: ['via'],
    async run(stage) {
      const { facts } = stage.subject;
      const { world, grace, repositories } = makeCompany(facts, 1);
      const [repository] = repositories;
      if (repository === undefined) throw new Error('there is one repository');
      const forge = await stage.start(world);
      const { session } = forge.signIn(grace);
      const listed = await collect(session.permissions({ id: forge.names.repositoryId(repository) }));
      const via = new Map(listed.map((each) => [each.account.id, each.via]));
      for (const [person, { sources }] of holdersOf(world, repository, facts.rules)) {
        const told = via.get(forge.names.accountId(person));
        const known: readonly string[] = sources.map((source) => source.via);
        must(
          told !== undefined && told.length > 0,
          `where ${person.username}'s permission comes from is not told`,
        );
        const invented = told.filter((each) => !known.includes(each));
        mustEqual(invented, [], `where ${person.username}'s permission does not come from`);
      }
    },
  },
  {
    id: 'permissions-no-via',
    title: 'does not tell where permissions come from, as declared',
    lacks: ['via'],
    async run(stage) {
      const { world, grace, repositories } = makeCompany(stage.subject.facts, 1);
      const forge = await stage.start(world);
      const [repository] = repositories;
      if (repository === undefined) throw new Error('there is one repository');
      const { session } = forge.signIn(grace);
      for (const { via } of await collect(session.permissions({ id: forge.names.repositoryId(repository) })))
        mustEqual(via, undefined, 'where a permission comes from');
    },
  },
  {
    id: 'permission-untold',
    title: 'says unknown, with the reason, where the forge does not tell the permission',
    needs: ['untoldPermissions'],
    async run(stage) {
      const { world, ada, acme } = makeCompany(stage.subject.facts, 6);
      const forge = await stage.start(world);
      const credential = forge.started.issueUntold?.(ada);
      if (credential === undefined) throw new Error('untoldPermissions is declared without issueUntold');
      // Such a credential may belong to one organization and be unable to find out which.
      const organizations = [{ path: forge.names.organizationPath(acme) }];
      const listed = await collect(forge.session(credential).repositories({ organizations }));
      must(listed.length > 0, 'the credential lists nothing');
      for (const { path, permission } of listed) {
        mustEqual(permission.level, 'unknown', `the permission on ${path}, which the forge does not tell`);
        must(
          permission.level === 'unknown' && permission.reason.trim() !== '',
          `no reason is given why the permission on ${path} is unknown`,
        );
      }
    },
  },
  {
    id: 'permission-changes',
    title: 'is never wrong about a permission that changes while it lists',
    async run(stage) {
      const { facts } = stage.subject;
      const { world, ada, repositories } = makeCompany(facts, facts.pageSize + 3);
      const forge = await stage.start(world);
      const { count } = await rehearse(forge, ada);
      const [repository] = repositories;
      if (repository === undefined) throw new Error('there are repositories');
      const id = forge.names.repositoryId(repository);
      for (let nth = 1; nth <= Math.min(count, 12); nth += 1) {
        const before = effectiveLevel(world, ada, repository, facts.rules);
        const after = levelAt(facts, nth % 2 === 0 ? 0 : facts.grants.direct.length - 1);
        forge.simulator.faults.clear();
        forge.simulator.faults.add({
          match: { surface: 'api', nth },
          effect: {
            kind: 'run',
            action: () => {
              world.grant({ to: ada, on: repository, level: after });
            },
          },
        });
        const listed = await collect(forge.signIn(ada).session.repositories());
        const told = listed.find((each) => each.id === id)?.permission.level;
        must(
          told === before || told === after || told === 'unknown',
          `a permission that changed from ${before} to ${after} at request ${nth} was told as ${told ?? 'nothing'}`,
        );
        mustBeWhole(
          listed.filter((each) => each.id !== id),
          forge,
          ada,
          (each) => each !== repository,
        );
      }
    },
  },
  {
    id: 'omitted',
    title: 'names the organizations that the forge left out of a listing',
    needs: ['omissions'],
    async run(stage) {
      const { facts } = stage.subject;
      const { world, ada, acme } = makeCompany(facts, 4);
      const others: readonly WorldOrganization[] = ['left-out', 'seen'].map((slug) => {
        const organization = world.addOrganization({ slug, members: [ada] });
        const repository = world.addRepository({ owner: organization, name: `of-${slug}` });
        world.grant({ to: ada, on: repository, level: levelAt(facts, 0) });
        return organization;
      });
      const [leftOut] = others;
      if (leftOut === undefined) throw new Error('there is an organization to leave out');
      const forge = await stage.start(world);
      const { session, credential } = forge.signIn(ada);
      if (forge.started.omit === undefined) throw new Error('omissions are declared without omit');
      forge.started.omit(leftOut, credential);
      const omitted: string[] = [];
      const listed: string[] = [];
      for await (const page of session.repositories().pages()) {
        listed.push(...page.items.map(({ path }) => path));
        for (const { organization, reason } of page.omitted ?? []) {
          must(reason.length > 0, 'an omission without a reason');
          omitted.push('id' in organization ? organization.id : organization.path);
        }
      }
      const names = [forge.names.organizationId(leftOut), forge.names.organizationPath(leftOut)];
      must(omitted.length > 0, 'the listing lacks an organization and does not say so');
      must(
        omitted.every((name) => names.includes(name)),
        `left out was ${names.join(' or ')}, and what is told is ${omitted.join(', ')}`,
      );
      const expected = [...reachIn(forge, ada).keys()].filter(({ owner }) => owner !== leftOut);
      mustList(
        listed.toSorted(),
        expected.map((each) => forge.names.repositoryPath(each)).toSorted(),
        `what is listed beside what was left out (${acme.path} and others)`,
      );
    },
  },
];
