import type { FaultEffect } from '@anyforge/forge-simulator';
import type { FaultName } from '../plan/fault-names.js';
import type { TortureForge } from './torture-forge.js';

/** What goes wrong, and as which kinds of error a sync may fail of it, if it goes on for long enough. */
interface TortureFault {
  readonly effect: (forge: TortureForge) => FaultEffect;
  readonly mayFailAs: readonly string[];
}

/** Shorter than what a task keeps its worker for, and longer. */
const shortWaitSeconds = 3;
const longWaitSeconds = 30;

export const faults: Readonly<Record<FaultName, TortureFault>> = {
  unavailable: {
    effect: () => ({ kind: 'respond', status: 503, body: 'Try again' }),
    mayFailAs: ['unavailable'],
  },
  'bad gateway': { effect: () => ({ kind: 'html-page' }), mayFailAs: ['unavailable'] },
  reset: { effect: () => ({ kind: 'reset' }), mayFailAs: ['network'] },
  'hang before headers': { effect: () => ({ kind: 'hang-before-headers' }), mayFailAs: ['timeout'] },
  'hang after headers': { effect: () => ({ kind: 'hang-after-headers' }), mayFailAs: ['timeout'] },
  'cut body': { effect: () => ({ kind: 'cut-body' }), mayFailAs: ['network', 'invalid_response'] },
  'cut json': { effect: () => ({ kind: 'cut-json' }), mayFailAs: ['invalid_response'] },
  'short limit': { effect: ({ limitFault }) => limitFault(shortWaitSeconds), mayFailAs: [] },
  'long limit': { effect: ({ limitFault }) => limitFault(longWaitSeconds), mayFailAs: [] },
};
