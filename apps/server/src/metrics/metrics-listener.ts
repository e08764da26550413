import type { Hub, Measurements } from '@anyforge/hub';
import type { Clock } from '@anyforge/core';
import type { Logger } from 'pino';
import { collectDefaultMetrics, Registry } from 'prom-client';
import { HttpListener } from '../http/http-listener.js';
import { createMetricsApp } from './metrics-app.js';
import { hubMetrics } from './hub-metrics.js';
import { gaugeOpenTasks } from './open-tasks-gauge.js';

export interface MetricsEffects {
  readonly logger: Logger;
  readonly clock: Clock;
}

/** Tells whoever watches over the process how it does, at an address of its own: metrics, and whether it lives. */
export class MetricsListener {
  readonly #listener: HttpListener;
  readonly #registry = new Registry();
  readonly #effects: MetricsEffects;
  /** Counts what a hub does. */
  readonly measurements: Measurements = hubMetrics(this.#registry);
  #hub: Pick<Hub, 'ready' | 'syncs'> | undefined;

  private constructor(listener: HttpListener, effects: MetricsEffects) {
    this.#listener = listener;
    this.#effects = effects;
    collectDefaultMetrics({ register: this.#registry });
    listener.answerWith(createMetricsApp({ ...effects, registry: this.#registry, hub: () => this.#hub }));
  }

  /** @throws Error with `code` when the port cannot be had. */
  static async open(
    place: { readonly host: string; readonly port: number },
    effects: MetricsEffects,
  ): Promise<MetricsListener> {
    return new MetricsListener(await HttpListener.listen(place), effects);
  }

  get url(): string {
    return this.#listener.url;
  }

  /** From now on the process is as ready as the hub is. */
  watch(hub: Pick<Hub, 'ready' | 'syncs'>): void {
    const { logger, clock } = this.#effects;
    this.#hub = hub;
    gaugeOpenTasks({
      registry: this.#registry,
      clock,
      count: () => hub.syncs.openTasks(),
      onFailure: (error) => {
        const words = error instanceof Error ? error.message : typeof error;
        logger.warn({ error: words }, 'The open sync tasks could not be counted.');
      },
    });
  }

  async close(): Promise<void> {
    await this.#listener.close();
  }
}
