import type { ContractCase } from '../case.js';
import { secretOf } from '@anyforge/provider-kit';
import { must, mustEqual, mustFail } from '../checks.js';
import { collect, collectPages, mustBeWhole } from '../listing.js';
import { makeCompany } from '../worlds.js';

export const resumingCases: readonly ContractCase[] = [
  {
    id: 'resume',
    title: 'goes on after any page in a new process, losing and repeating nothing',
    needs: ['resume'],
    async run(stage) {
      const { facts } = stage.subject;
      const { world, ada } = makeCompany(facts, 2 * facts.pageSize + 7);
      const forge = await stage.start(world);
      const { session, credential } = forge.signIn(ada);
      const pages = await collectPages(session.repositories());
      const whole = pages.flatMap(({ items }) => items);
      mustBeWhole(whole, forge, ada);
      must(pages.length >= 2, `a listing of more than two full pages has ${pages.length}`);
      for (const [index, { resume }] of pages.entries()) {
        const isLast = index === pages.length - 1;
        mustEqual(resume === undefined, isLast, `whether page ${index + 1} has no resume`);
        if (resume === undefined) continue;
        must(!resume.includes(secretOf(credential)), 'the checkpoint holds the credential');
        const rest = await collect(forge.session(credential).repositories({ resume }));
        const before = pages.slice(0, index + 1).flatMap(({ items }) => items);
        mustEqual(
          [...before, ...rest].map(({ path }) => path),
          whole.map(({ path }) => path),
          `the pages up to ${index + 1} and what is resumed after it`,
        );
      }
    },
  },
  {
    id: 'resume-foreign',
    title: 'refuses to go on from the page of another listing',
    needs: ['resume'],
    async run(stage) {
      const { facts } = stage.subject;
      const { world, ada } = makeCompany(facts, 2 * facts.pageSize + 7);
      const forge = await stage.start(world);
      const { session } = forge.signIn(ada);
      const [first] = await collectPages(session.repositories());
      const resume = first?.resume ?? '';
      const others = {
        'other patterns': { resume, patterns: ['acme/**'] },
        'other organizations': { resume, organizations: [{ path: 'acme' }] },
        'a garbled checkpoint': { resume: `${resume.slice(0, -2)}AA` },
        'no checkpoint at all': { resume: 'nonsense' },
      };
      for (const [words, query] of Object.entries(others))
        await mustFail(collect(session.repositories(query)), 'invalid_request', `resuming with ${words}`);
    },
  },
  {
    id: 'no-resume',
    title: 'offers no page to go on from, as declared',
    lacks: ['resume'],
    async run(stage) {
      const { facts } = stage.subject;
      const { world, ada } = makeCompany(facts, facts.pageSize + 7);
      const forge = await stage.start(world);
      const pages = await collectPages(forge.signIn(ada).session.repositories());
      for (const { resume } of pages) mustEqual(resume, undefined, 'the resume of a page');
    },
  },
];
