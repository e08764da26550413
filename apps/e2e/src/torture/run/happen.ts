import type { FastClock } from '../fast-clock.js';
import { faults } from '../forges/faults.js';
import type { TortureForge } from '../forges/torture-forge.js';
import { worldChanges } from '../forges/world-changes.js';
import type { Happening } from '../plan/plan.js';
import type { Commands } from './commands.js';
import type { Diary } from './diary.js';
import type { Witness } from './witness.js';

interface Scene {
  readonly process: number;
  readonly forge: TortureForge;
  readonly commands: Commands;
  readonly witness: Witness;
  readonly diary: Diary;
  readonly clock: FastClock;
}

/** Makes happen what is planned: to the world and the forge at once, to the hub as soon as it has answered. */
export async function happen(happening: Happening, scene: Scene): Promise<void> {
  const { process, forge, commands, witness, diary, clock } = scene;
  switch (happening.kind) {
    case 'world':
      changeWorld(happening, scene);
      return;
    case 'fault': {
      const { fault, times } = happening;
      forge.simulator.faults.add({
        match: { surface: 'api' },
        times,
        effect: faults[fault].effect(forge),
      });
      witness.explain({ at: clock.now().getTime(), mayFailAs: faults[fault].mayFailAs, mayCancel: false });
      diary.note(`fault: ${fault}, ${times} times`);
      return;
    }
    case 'revoke': {
      const { person } = happening;
      witness.visitor(person).revoke(forge);
      witness.explain({
        at: clock.now().getTime(),
        person,
        mayFailAs: ['unauthenticated'],
        mayCancel: false,
      });
      diary.note(`the token of person ${person} is revoked at the forge`);
      return;
    }
    case 'sync-again':
      return commands.sync(process, happening.person);
    case 'cancel':
      return commands.cancel(process, happening.person);
    case 'sign-out':
      return commands.signOut(process, happening.person);
    case 'sign-in':
      return commands.signIn(process, happening.person, happening.as);
    case 'scope':
      return commands.changeScope(process, happening.scope);
    case 'policy':
      return commands.changePolicy(process, happening.policy);
    case 'clean-up':
      return commands.cleanUp(process);
    case 'look':
      return commands.look(process, happening.person);
    case 'pause':
      return commands.pause(happening.process);
    case 'restart':
      return commands.restart(happening.process);
    case 'kill':
      return commands.kill(happening.process);
  }
}

function changeWorld(
  { change, picks }: Extract<Happening, { kind: 'world' }>,
  { forge, witness, diary, clock }: Scene,
): void {
  for (const [index, pick] of picks.entries()) {
    const [first, second] = forge.accounts;
    const account = witness.people.length > 1 && index % 3 === 2 ? second : first;
    const words = witness.history.change(() => worldChanges[change](forge, account, pick));
    diary.note(`world: ${words ?? `nothing to ${change}`}`);
  }
  // A listing that never stands still is refused rather than told wrong, and so is one of what is gone meanwhile.
  witness.explain({ at: clock.now().getTime(), mayFailAs: ['unavailable', 'not_found'], mayCancel: false });
}
