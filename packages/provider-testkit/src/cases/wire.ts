import type { Fault } from '@anyforge/forge-simulator';
import type { ContractCase } from '../case.js';
import { mustEqual, mustSucceed } from '../checks.js';
import { collect, mustBeWhole } from '../listing.js';
import { makeCompany } from '../worlds.js';

type Change = (object: Readonly<Record<string, unknown>>) => object;

/** Changes every object within every answer, however deep. */
function editing(change: Change): Fault {
  return {
    times: Infinity,
    match: { surface: 'api' },
    effect: {
      kind: 'edit',
      edit: (response) => {
        if (response.headers['content-type']?.includes('json') !== true) return response;
        const edited: unknown = JSON.parse(response.body, (_, value: unknown) =>
          isObject(value) ? change(value) : value,
        );
        return { ...response, body: JSON.stringify(edited) };
      },
    },
  };
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export const wireCases: readonly ContractCase[] = [
  {
    id: 'unknown-fields',
    title: 'ignores what it does not know in every answer',
    async run(stage) {
      const { facts } = stage.subject;
      const { world, ada } = makeCompany(facts, facts.pageSize + 7);
      const forge = await stage.start(world);
      const { session } = forge.signIn(ada);
      const identity = await session.identity();
      const organizations = await collect(session.organizations());
      forge.simulator.faults.add(
        editing((object) => ({ ...object, a_field_of_tomorrow: { deeper: [1, null, 'two'] }, zz: null })),
      );
      mustEqual(
        await mustSucceed(session.identity(), 'identity with unknown fields'),
        identity,
        'the identity',
      );
      mustEqual(await collect(session.organizations()), organizations, 'the organizations');
      mustBeWhole(await collect(session.repositories()), forge, ada);
    },
  },
  ...(['null', 'missing'] as const).map((state): ContractCase => ({
    id: `fields-${state}`,
    title: `loses no repository when fields that may be ${state} are`,
    async run(stage) {
      const { facts } = stage.subject;
      const { world, ada } = makeCompany(facts, facts.pageSize + 7);
      for (const field of [undefined, ...facts.optionalFields]) {
        const fields = field === undefined ? facts.optionalFields : [field];
        const forge = await stage.start(world);
        forge.simulator.faults.add(
          editing((object) =>
            Object.fromEntries(
              Object.entries(object).flatMap(([name, value]): [string, unknown][] => {
                if (!fields.includes(name)) return [[name, value]];
                return state === 'null' ? [[name, null]] : [];
              }),
            ),
          ),
        );
        const words = `a listing in which ${fields.join(', ')} is ${state}`;
        const listing = collect(forge.signIn(ada).session.repositories());
        mustBeWhole(await mustSucceed(listing, words), forge, ada);
      }
    },
  })),
];
