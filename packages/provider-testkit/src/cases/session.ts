import type { GitSession, Repository, RepositoryRef } from '@anyforge/core';
import type { ContractCase } from '../case.js';
import { must, mustEqual, mustFail, mustList } from '../checks.js';
import { collect, mustBeWhole, reachIn } from '../listing.js';
import { identityQuestion, questions } from '../questions.js';
import { listen } from '../stage/forge.js';
import { makeCompany } from '../worlds.js';

/** Like a number, a part of an address, or the end of one. */
const oddNames = ['0', '42', 'a.b-c_d', 'projects', 'user.repos', 'x--y', 'UPPER-lower', 'gitlike'];

export const sessionCases: readonly ContractCase[] = [
  {
    id: 'identity',
    title: 'knows who the credential acts as',
    async run(stage) {
      const { world, ada } = makeCompany(stage.subject.facts, 1);
      const forge = await stage.start(world);
      const { account } = await forge.signIn(ada).session.identity();
      mustEqual(account.id, forge.names.accountId(ada), "the account's id");
      mustEqual(account.kind, 'user', "the account's kind");
      must(account.username !== '', 'the account has no user name');
      mustEqual(account.displayName, 'Ada Lovelace', "the account's display name");
    },
  },
  {
    id: 'scopes',
    title: 'tells what the credential was granted, and that nothing is missing',
    needs: ['scopes'],
    async run(stage) {
      const { world, ada } = makeCompany(stage.subject.facts, 1);
      const forge = await stage.start(world);
      const { scopes, missingScopes } = await forge.signIn(ada).session.identity();
      must((scopes ?? []).length > 0, 'no scopes are told');
      mustEqual(missingScopes, [], 'what a credential lacks that has all that is needed');
    },
  },
  {
    id: 'no-scopes',
    title: 'does not guess what the credential was granted, as declared',
    lacks: ['scopes'],
    async run(stage) {
      const { world, ada } = makeCompany(stage.subject.facts, 1);
      const forge = await stage.start(world);
      const { scopes, missingScopes } = await forge.signIn(ada).session.identity();
      mustEqual(scopes, undefined, 'scopes that the forge does not tell');
      // What is needed can be tried one by one, without knowing what else there is.
      mustEqual(missingScopes ?? [], [], 'what a credential lacks that has all that is needed');
    },
  },
  {
    id: 'organizations',
    title: 'lists the organizations that the account belongs to, those alone',
    async run(stage) {
      const { facts } = stage.subject;
      const { world, ada, acme } = makeCompany(facts, 1);
      // On some forges nobody belongs to an organization without having anything there.
      const [basePermission = 'none'] = facts.grants.base ?? [];
      const second = world.addOrganization({ slug: 'second', members: [ada], basePermission });
      const forge = await stage.start(world);
      const listed = await collect(forge.signIn(ada).session.organizations());
      mustList(
        listed.map(({ id, path }) => `${id} ${path}`).toSorted(),
        [acme, second]
          .map((each) => `${forge.names.organizationId(each)} ${forge.names.organizationPath(each)}`)
          .toSorted(),
        'the organizations',
      );
    },
  },
  {
    id: 'narrowed',
    title: 'narrows a listing by organizations and by patterns to exactly those',
    async run(stage) {
      const { facts } = stage.subject;
      const { world, ada, acme } = makeCompany(facts, 12);
      const second = world.addOrganization({ slug: 'second', members: [ada] });
      const other = world.addRepository({ owner: second, name: 'legacy-api' });
      world.grant({ to: ada, on: other, level: facts.grants.direct[0] ?? 'read' });
      const forge = await stage.start(world);
      const { session } = forge.signIn(ada);
      const all = [...reachIn(forge, ada).keys()];
      const [id, path] = [forge.names.organizationId(second), forge.names.organizationPath(second)];
      const acmePath = forge.names.organizationPath(acme);
      const pathsOf = (query: Parameters<typeof session.repositories>[0]) =>
        collect(session.repositories(query)).then((listed) => listed.map((each) => each.path).toSorted());
      const expected = (owner: unknown): readonly string[] =>
        all
          .filter((each) => each.owner === owner)
          .map((each) => forge.names.repositoryPath(each))
          .toSorted();
      mustList(await pathsOf({ organizations: [{ id }] }), expected(second), 'one organization, by id');
      mustList(await pathsOf({ organizations: [{ path }] }), expected(second), 'one organization, by path');
      mustList(
        await pathsOf({ organizations: [{ path }, { path: acmePath }] }),
        [...expected(acme), ...expected(second)].toSorted(),
        'two organizations',
      );
      mustList(await pathsOf({ patterns: [`${acmePath}/**`] }), expected(acme), 'one pattern');
      mustList(
        await pathsOf({ patterns: ['**', `!${path}/legacy-*`] }),
        expected(acme),
        'a pattern with an exception',
      );
    },
  },
  {
    id: 'repository',
    title: 'finds a repository by id and by path as it is listed',
    async run(stage) {
      const { world, ada } = makeCompany(stage.subject.facts, 6);
      const forge = await stage.start(world);
      const { session } = forge.signIn(ada);
      for (const listed of await collect(session.repositories())) {
        const { id, path } = listed;
        await mustFind(session, { id }, listed);
        await mustFind(session, { path }, listed);
        await mustFind(session, { id, path: 'gone/away' }, listed);
      }
    },
  },
  {
    id: 'odd-paths',
    title: 'finds repositories with odd names, deep down where there is a depth, as they are listed',
    async run(stage) {
      const { facts } = stage.subject;
      const { world, ada, acme } = makeCompany(facts, 1);
      const parents = [acme];
      if (facts.grants.inherited !== undefined) {
        const inner = world.addOrganization({ slug: 'inner', parent: acme });
        parents.push(inner, world.addOrganization({ slug: 'in-ner.most', parent: inner }));
      }
      for (const owner of parents) {
        for (const name of [...oddNames, ...(facts.oddNames ?? [])]) {
          const repository = world.addRepository({ owner, name });
          world.grant({ to: ada, on: repository, level: facts.grants.direct[0] ?? 'read' });
        }
      }
      const forge = await stage.start(world);
      const { session } = forge.signIn(ada);
      const listed = await collect(session.repositories());
      mustBeWhole(listed, forge, ada);
      const paths = [...reachIn(forge, ada).keys()].map((each) => forge.names.repositoryPath(each));
      mustList(listed.map(({ path }) => path).toSorted(), paths.toSorted(), 'the paths listed');
      for (const found of listed) await mustFind(session, { path: found.path }, found);
    },
  },
  {
    id: 'not-found',
    title: 'says not_found of a repository that is not there or that the account may not know of',
    async run(stage) {
      const { world, ada, repositories } = makeCompany(stage.subject.facts, 1);
      const forge = await stage.start(world);
      const { session } = forge.signIn(ada);
      const hidden = world.repository('outside/hidden');
      const [deleted] = repositories;
      if (hidden === undefined || deleted === undefined) throw new Error('the world has both');
      const id = forge.names.repositoryId(deleted);
      world.deleteRepository(deleted);
      const references = [
        { path: forge.names.repositoryPath(hidden) },
        { id: forge.names.repositoryId(hidden) },
        { path: forge.names.repositoryPath(deleted) },
        { id },
      ];
      for (const reference of references)
        await mustFail(
          session.repository(reference),
          'not_found',
          `a repository named ${JSON.stringify(reference)}`,
        );
    },
  },
  {
    id: 'strange-references',
    title: 'refuses a reference that names nothing, and lets none of it into the address',
    async run(stage) {
      const { world, ada } = makeCompany(stage.subject.facts, 1);
      const forge = await stage.start(world);
      const { session } = forge.signIn(ada);
      const strange = [
        '',
        '/',
        '..',
        '../..',
        'acme/../../admin',
        'acme',
        '?x=1',
        'a/b?admin=1',
        'a/b#c',
        '%2e%2e/x',
      ];
      for (const text of strange) {
        for (const reference of [{ path: text }, { id: text }]) {
          const words = `a repository named ${JSON.stringify(reference)}`;
          await mustFail(session.repository(reference), ['not_found', 'invalid_request'], words);
        }
      }
      const { apiUrl } = forge.simulator;
      for (const { url } of stage.wire.sent) {
        must(url.startsWith(apiUrl), `a reference led to ${url}`);
        must(!url.includes('admin=1') && !url.endsWith('/admin'), `a reference became part of ${url}`);
      }
    },
  },
  {
    id: 'renamed',
    title: 'keeps the id of a repository that was renamed',
    async run(stage) {
      const { world, ada, repositories } = makeCompany(stage.subject.facts, 3);
      const forge = await stage.start(world);
      const { session } = forge.signIn(ada);
      const [repository] = repositories;
      if (repository === undefined) throw new Error('there are repositories');
      const id = forge.names.repositoryId(repository);
      const before = await session.repository({ id });
      world.renameRepository(repository, 'renamed');
      const after = await session.repository({ id });
      mustEqual(after.id, before.id, 'the id after the renaming');
      mustEqual(after.path, forge.names.repositoryPath(repository), 'the path after the renaming');
      const listed = (await collect(session.repositories())).find((each) => each.id === before.id);
      mustEqual(listed?.path, after.path, 'the path in the listing');
    },
  },
  {
    id: 'old-path',
    title: 'finds a renamed repository at its old path',
    needs: ['oldPaths'],
    async run(stage) {
      const { world, ada, repositories } = makeCompany(stage.subject.facts, 3);
      const forge = await stage.start(world);
      const { session } = forge.signIn(ada);
      const [repository] = repositories;
      if (repository === undefined) throw new Error('there are repositories');
      const path = forge.names.repositoryPath(repository);
      world.renameRepository(repository, 'renamed');
      mustEqual(
        (await session.repository({ path })).id,
        forge.names.repositoryId(repository),
        'the repository at the old path',
      );
    },
  },
  {
    id: 'events',
    title: 'tells of every request, with method, address, status and duration, whatever is asked',
    async run(stage) {
      const { tellingRefusals = [] } = stage.subject.facts;
      for (const question of questions) {
        const { name, prepare } = question;
        const scene = prepare(stage.subject.facts, 1);
        const forge = await stage.start(scene.world);
        const { events, onEvent } = listen();
        const begin = stage.wire.sent.length;
        await scene.ask(forge, forge.signIn(scene.person).session, { onEvent });
        const told = events.filter((event) => event.kind === 'request');
        mustEqual(told.length, stage.wire.sent.length - begin, `the requests told of ${name}`);
        for (const { method, url, status, durationMs } of told) {
          mustEqual(method, 'GET', 'the method of a request');
          must(forge.simulator.origins.includes(new URL(url).origin), `a request was told to ${url}`);
          const isTelling = question === identityQuestion && tellingRefusals.includes(status);
          const isWell = (status >= 200 && status < 400) || isTelling;
          must(isWell, `a request was told with status ${status}`);
          must(durationMs >= 0, `a request was told to take ${durationMs} ms`);
        }
      }
    },
  },
];

/** Asking for one repository may tell more than a listing does, and nothing else. */
async function mustFind(session: GitSession, reference: RepositoryRef, listed: Repository): Promise<void> {
  const found = await session.repository(reference);
  const told = Object.entries(listed).filter(([, value]) => value !== undefined);
  mustEqual(
    found,
    { ...found, ...Object.fromEntries(told) },
    `${listed.path}, by ${JSON.stringify(reference)}`,
  );
}
