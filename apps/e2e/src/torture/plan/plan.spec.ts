import { describe, expect, it } from '@jest/globals';
import { databases, forgeTypes, makePlan } from './plan.js';

const choices = { forges: forgeTypes, databases };

function manyPlans() {
  return Array.from({ length: 320 }, (_, seed) => makePlan(seed, choices));
}

describe('a plan', () => {
  it('is the same for the same seed', () => {
    expect(makePlan(17, choices)).toEqual(makePlan(17, choices));
    expect(makePlan(17, choices)).not.toEqual(makePlan(18, choices));
  });

  it('is the same when only its own forge and database are chosen', () => {
    for (const plan of manyPlans().slice(0, 20)) {
      const { seed, forge, database } = plan;
      expect(makePlan(seed, { forges: [forge], databases: [database] })).toEqual(plan);
    }
  });

  it('is for every forge and database as often as for the others', () => {
    const places = manyPlans().map(({ forge, database }) => `${forge} ${database}`);
    const counts = [...new Set(places)].map((place) => places.filter((each) => each === place).length);
    expect(counts).toEqual(Array.from({ length: forgeTypes.length * databases.length }, () => 32));
  });

  it('has, among others, all that may happen', () => {
    const kinds = manyPlans()
      .flatMap(({ rounds }) => rounds.flatMap(({ happenings }) => happenings))
      .map(({ happening }) => happening.kind);
    expect([...new Set(kinds)].toSorted()).toEqual([
      'cancel',
      'clean-up',
      'fault',
      'kill',
      'look',
      'pause',
      'policy',
      'restart',
      'revoke',
      'scope',
      'sign-in',
      'sign-out',
      'sync-again',
      'world',
    ]);
  });
});
