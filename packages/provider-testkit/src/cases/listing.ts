import type { ContractCase } from '../case.js';
import { collect, collectPages, mustBeWhole, reachIn } from '../listing.js';
import { must, mustEqual } from '../checks.js';
import { organizationsQuestion, permissionsQuestion } from '../questions.js';
import { makeCompany } from '../worlds.js';

export const listingCases: readonly ContractCase[] = [
  {
    id: 'listing-whole',
    title: 'holds every repository that the account reaches, once and in order, over many pages',
    async run(stage) {
      const { facts } = stage.subject;
      const { world, ada } = makeCompany(facts, 2 * facts.pageSize + 7);
      const forge = await stage.start(world);
      const { session } = forge.signIn(ada);
      mustBeWhole(await collect(session.repositories()), forge, ada);
    },
  },
  {
    id: 'listing-order',
    title: 'keeps its order, whatever the order in which answers come',
    async run(stage) {
      const { facts } = stage.subject;
      const { world, ada } = makeCompany(facts, 3 * facts.pageSize + 7);
      const forge = await stage.start(world);
      const { session } = forge.signIn(ada);
      stage.wire.reverseAnswers();
      mustBeWhole(await collect(session.repositories()), forge, ada);
    },
  },
  {
    id: 'listing-fields',
    title: 'tells of each repository what the forge does',
    async run(stage) {
      const { world, ada } = makeCompany(stage.subject.facts, 15);
      const forge = await stage.start(world);
      const { session } = forge.signIn(ada);
      const listed = new Map((await collect(session.repositories())).map((each) => [each.id, each]));
      for (const expected of reachIn(forge, ada).keys()) {
        const path = forge.names.repositoryPath(expected);
        const found = listed.get(forge.names.repositoryId(expected));
        must(found !== undefined, `${path} is not listed`);
        mustEqual(found.path, path, 'the path');
        mustEqual(`${found.namespace}/${found.name.toLowerCase()}`, path.toLowerCase(), 'namespace and name');
        mustEqual(found.visibility, expected.visibility, `the visibility of ${path}`);
        mustEqual(found.description ?? '', expected.description ?? '', `the description of ${path}`);
        for (const url of [found.webUrl, found.httpsCloneUrl])
          must(
            forge.simulator.origins.includes(new URL(url).origin),
            `an address of ${path} is not on the forge: ${url}`,
          );
        mustEqual(new URL(found.httpsCloneUrl).username, '', 'the user in the address to clone from');
      }
    },
  },
  {
    id: 'listing-empty',
    title: 'is empty for an account that reaches nothing',
    async run(stage) {
      const { world } = makeCompany(stage.subject.facts, 3);
      const stranger = world.addPerson({ username: 'stranger' });
      const forge = await stage.start(world);
      const { session } = forge.signIn(stranger);
      mustEqual(await collect(session.repositories()), [], 'the repositories of a stranger');
    },
  },
  ...[
    { id: 'listing-one', words: 'one repository', pages: 0, more: 1 },
    { id: 'listing-full-page', words: 'exactly one page', pages: 1, more: 0 },
    { id: 'listing-full-pages', words: 'exactly two pages', pages: 2, more: 0 },
    { id: 'listing-page-and-one', words: 'one more than a page', pages: 1, more: 1 },
  ].map(({ id, words, pages, more }): ContractCase => ({
    id,
    title: `is whole where it holds ${words}`,
    async run(stage) {
      const { facts } = stage.subject;
      const { world, ada } = makeCompany(facts, pages * facts.pageSize + more);
      const forge = await stage.start(world);
      mustBeWhole(await collect(forge.signIn(ada).session.repositories()), forge, ada);
    },
  })),
  ...[organizationsQuestion, permissionsQuestion].map(({ name, prepare }): ContractCase => ({
    id: `${name}-long`,
    title: `is whole where ${name} fill several pages`,
    async run(stage) {
      const scene = prepare(stage.subject.facts);
      const forge = await stage.start(scene.world);
      const check = await scene.ask(forge, forge.signIn(scene.person).session);
      check();
    },
  })),
  {
    id: 'listing-totals',
    title: 'tells how many repositories there are in all',
    needs: ['totals'],
    async run(stage) {
      const { facts } = stage.subject;
      const { world, ada } = makeCompany(facts, 2 * facts.pageSize + 7);
      const forge = await stage.start(world);
      for (const { total } of await collectPages(forge.signIn(ada).session.repositories()))
        mustEqual(total, reachIn(forge, ada).size, 'the total of a page');
    },
  },
  {
    id: 'listing-no-totals',
    title: 'tells no total, as declared',
    lacks: ['totals'],
    async run(stage) {
      const { facts } = stage.subject;
      const { world, ada } = makeCompany(facts, facts.pageSize + 7);
      const forge = await stage.start(world);
      for (const { total } of await collectPages(forge.signIn(ada).session.repositories()))
        mustEqual(total, undefined, 'the total of a page, which the facts say is not told');
    },
  },
];
