/** Simulators of one spec file, closed together. */
export class Running<Options, Simulator extends { close(): Promise<void> }> {
  readonly #running: Simulator[] = [];

  constructor(readonly starting: (options: Options) => Promise<Simulator>) {}

  async start(options: Options): Promise<Simulator> {
    const simulator = await this.starting(options);
    this.#running.push(simulator);
    return simulator;
  }

  async closeAll(): Promise<void> {
    await Promise.all(this.#running.splice(0).map((simulator) => simulator.close()));
  }
}
