import type { World } from '@anyforge/forge-simulator';
import type { ContractSubject } from '../subject.js';
import { Forge } from './forge.js';
import type { LoggedLine } from './forge.js';
import { StageClock } from './stage-clock.js';
import { Wire } from './wire.js';

/** What one case plays on: a clock, a wire, and as many forges as it starts. */
export class Stage {
  readonly clock: StageClock;
  readonly wire: Wire;
  readonly #forges: Forge[] = [];

  /** @param fetch real connections to 127.0.0.1 */
  constructor(
    readonly subject: ContractSubject,
    fetch: typeof globalThis.fetch,
  ) {
    this.wire = new Wire(fetch);
    this.clock = new StageClock(() => this.wire.isBusy);
    this.wire.onNews = () => {
      this.clock.stir();
    };
  }

  async start(world: World): Promise<Forge> {
    const { clock, wire } = this;
    const started = await this.subject.start({ world, clock });
    const logged: LoggedLine[] = [];
    const note = (fields: object, message: string): void => {
      logged.push({ fields, message });
    };
    const context = { fetch: wire.fetch, clock, logger: { debug: note, warn: note } };
    const forge = new Forge(this.subject, world, started, context, logged);
    this.#forges.push(forge);
    return forge;
  }

  async close(): Promise<void> {
    await Promise.all(this.#forges.splice(0).map(({ simulator }) => simulator.close()));
  }
}
