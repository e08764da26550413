/** What a forge, or the way to it, may do instead of answering. */
export const faultNames = [
  'unavailable',
  'bad gateway',
  'reset',
  'hang before headers',
  'hang after headers',
  'cut body',
  'cut json',
  'short limit',
  'long limit',
] as const satisfies readonly [string, ...string[]];

export type FaultName = (typeof faultNames)[number];
