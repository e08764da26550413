import type { ContractCase } from '../case.js';
import { must, mustEqual, mustFail } from '../checks.js';
import { identityQuestion, organizationsQuestion } from '../questions.js';
import { prepareSignIn } from '../stage/sign-in.js';
import { makeCompany } from '../worlds.js';

export const refusalCases: readonly ContractCase[] = [
  {
    id: 'refusals',
    title: 'says why the forge refuses something to a good credential, and what to do',
    given: 'refusals',
    async run(stage) {
      const { facts } = stage.subject;
      for (const { name, prepare } of [identityQuestion, organizationsQuestion]) {
        const scene = prepare(facts, 0);
        const forge = await stage.start(scene.world);
        for (const [refusal, { effect, kind }] of Object.entries(facts.refusals ?? {})) {
          const fault = forge.simulator.faults.add({ match: { surface: 'api' }, times: Infinity, effect });
          const words = `${name}, refused with ${refusal}`;
          const asked = scene.ask(forge, forge.signIn(scene.person).session);
          const { details } = await mustFail(asked, kind, words);
          must(details.status !== undefined, `${words}: the status of the forge is not told`);
          if (kind !== 'forbidden')
            must((details.repair?.text ?? '') !== '', `${words}: nothing says what to do`);
          mustEqual(fault.hits, 1, `${words}: how often it was asked`);
          fault.remove();
        }
      }
    },
  },
  {
    id: 'scopes-missing',
    title: 'tells what a credential lacks that was granted too little',
    needs: ['scopes'],
    async run(stage) {
      const { world, ada } = makeCompany(stage.subject.facts, 1);
      const forge = await stage.start(world);
      const credential = forge.started.issueNarrow?.(ada);
      if (credential === undefined) throw new Error('scopes are declared without issueNarrow');
      const { scopes, missingScopes } = await forge.session(credential).identity();
      must((scopes ?? []).length > 0, 'no scopes are told');
      must((missingScopes ?? []).length > 0, 'what the credential lacks is not told');
      const both = missingScopes?.filter((scope) => scopes?.includes(scope) === true);
      mustEqual(both, [], 'what is granted and lacking at once');
    },
  },
  {
    id: 'identity-email',
    title: 'knows the e-mail address of the account',
    tells: 'email',
    async run(stage) {
      const { world, ada } = makeCompany(stage.subject.facts, 1);
      const forge = await stage.start(world);
      const { email } = await forge.signIn(ada).session.identity();
      mustEqual(email, ada.email, 'the e-mail address');
    },
  },
  {
    id: 'credential-expires',
    title: 'tells when the credential ends, of the session and to git',
    needs: ['oauth', 'refresh'],
    async run(stage) {
      const scene = await prepareSignIn(stage);
      const credential = await scene.signIn();
      const session = scene.forge.session(credential);
      const { expiresAt } = await session.identity();
      const known = credential.expiresAt?.getTime() ?? 0;
      // A forge that tells itself does so in whole seconds.
      const offMs = Math.abs((expiresAt?.getTime() ?? 0) - known);
      must(offMs <= 2_000, `the credential is told to end ${expiresAt?.toISOString() ?? 'never'}`);
      const given = await session.gitCredential();
      mustEqual(given.expiresAt, credential.expiresAt, 'when the credential for git ends');
    },
  },
];
