import { describe, expect, it } from '@jest/globals';
import { summarize } from './summary.js';

interface Figures {
  readonly seconds: number;
  readonly requests?: number;
  readonly heapMB?: number;
}

function round({ seconds, requests = 1, heapMB = 10 }: Figures) {
  return {
    seconds,
    heapMB,
    requests: Array.from({ length: requests }, (_, page) => `/?page=${page}`),
    concurrency: 10,
  };
}

function summary(options: { ours: Figures; theirs: Figures; long?: Figures }) {
  return summarize([
    {
      forge: {
        type: 'github',
        contestants: [{ name: 'another', script: 'another.js', counts: 'repositories', rounds: 3 }],
        goals: [{ against: 'another', ratio: 5, requestsToo: true }],
      },
      rounds: new Map([
        ['anyforge', [round({ seconds: 99 }), round(options.ours), round({ ...options.ours, seconds: 0 })]],
        ['another', [round(options.theirs)]],
      ]),
      long: round(options.long ?? { seconds: 9, heapMB: 12 }),
    },
  ]);
}

describe('what a race comes to', () => {
  it('is the middle of the rounds, and how many times faster that is', () => {
    const { rows } = summary({ ours: { seconds: 2 }, theirs: { seconds: 12 } });
    expect(rows).toContainEqual({
      bench: 'list',
      subject: 'github anyforge',
      against: 'github another',
      value: 2,
      unit: 's',
      ratio: 6,
    });
  });

  it.each([
    ['fast enough', { seconds: 2 }, { seconds: 10 }, [true, true, true]],
    ['too slow', { seconds: 2.1 }, { seconds: 10 }, [false, true, true]],
    ['too many requests', { seconds: 2, requests: 2 }, { seconds: 10 }, [true, false, true]],
  ])('meets its goals or misses them: %s', (_, ours, theirs, met) => {
    expect(summary({ ours, theirs }).verdicts.map((verdict) => verdict.met)).toEqual(met);
  });

  it('misses when a long listing wants too much memory', () => {
    const long = { seconds: 9, heapMB: 60.1 };
    expect(summary({ ours: { seconds: 1 }, theirs: { seconds: 9 }, long }).verdicts.at(-1)).toEqual({
      name: 'github: 100,000 repositories in 60 MB of heap',
      met: false,
      found: '60.1 MB',
    });
  });
});
