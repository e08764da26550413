import type { TextResponse } from '@anyforge/forge-simulator';
import type { ContractCase } from '../case.js';
import { mustEqual, mustSucceed } from '../checks.js';
import { collect, mustBeWhole } from '../listing.js';
import { makeCompany } from '../worlds.js';

type Json = string | number | boolean | null | readonly Json[] | { readonly [name: string]: Json };

/** Changes every object within an answer, however deep. */
function eachObject(value: Json, change: (object: Record<string, Json>) => void): Json {
  if (typeof value !== 'object' || value === null) return value;
  if (isList(value)) return value.map((item) => eachObject(item, change));
  const object = Object.fromEntries(
    Object.entries(value).map(([name, item]) => [name, eachObject(item, change)]),
  );
  change(object);
  return object;
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}

function editing(change: (object: Record<string, Json>) => void) {
  return {
    times: Infinity,
    match: { surface: 'api' },
    effect: {
      kind: 'edit',
      edit: (response: TextResponse): TextResponse => {
        if (!/json/.test(response.headers['content-type'] ?? '')) return response;
        const parsed: Json = JSON.parse(response.body);
        return { ...response, body: JSON.stringify(eachObject(parsed, change)) };
      },
    },
  } as const;
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
        editing((object) => {
          object['a_field_of_tomorrow'] = { deeper: [1, null, 'two'] };
          object['zz'] = null;
        }),
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
          editing((object) => {
            for (const name of fields.filter((each) => each in object)) {
              if (state === 'null') object[name] = null;
              else Reflect.deleteProperty(object, name);
            }
          }),
        );
        const words = `a listing in which ${fields.join(', ')} is ${state}`;
        const listing = collect(forge.signIn(ada).session.repositories());
        mustBeWhole(await mustSucceed(listing, words), forge, ada);
      }
    },
  })),
];
