import type { ForgeSimulator } from '@anyforge/forge-simulator';
import { EventEmitter, once } from 'node:events';

/** Lets a forge answer nothing, or nothing at one path of its API, until what is returned is called. */
export function hold(simulator: ForgeSimulator, path?: string): () => void {
  const gate = new EventEmitter();
  const letGo = simulator.onRequest(async (request) => {
    if (path === undefined || request.path === path) await once(gate, 'open');
  });
  return () => {
    letGo();
    gate.emit('open');
  };
}
