const count = 50;
const repositories = 1_000;
/** Long enough that requests are under way whenever a sync is cancelled. */
const latencyMs = 2_000;
const mostMs = 1_000;

/**
 * How long after it was asked for a cancel has stopped the requests under way, and whoever watches the sync has been
 * told: in the process that runs it, and from another one to it.
 *
 * @param {import('./stage.js').Stage} stage
 * @param {import('../list/forges.js').Forge} forge
 * @param {import('./stage.js').Database} database
 * @returns {Promise<import('../list/summary.js').Summary>}
 */
export async function cancels(stage, { type }, database) {
  const { running, setLatency } = await stage.forge({ forge: type, repositories, limited: false });
  const place = await stage.place(database);
  const worker = stage.hub();
  await worker.ask({ kind: 'open', place, work: false });
  await worker.ask({ kind: 'sign in', forge: running, person: 'ada' });
  await worker.ask({ kind: 'close' });
  await worker.ask({ kind: 'open', place, work: true });
  await setLatency(latencyMs);
  const found = [{ name: `${type} ${database}, one process`, ...(await cancelAll(worker, worker)) }];
  if (database === 'postgres') {
    const other = stage.hub();
    await other.ask({ kind: 'open', place, work: false });
    found.push({ name: `${type} ${database}, two processes`, ...(await cancelAll(other, worker)) });
  }
  await stage.clear();
  return {
    rows: found.flatMap(({ name, stopped, told }) => [
      ...['p50', 'p99'].map((which) => row(name, `cancel ${which}`, percentile(stopped, which))),
      ...['p50', 'p99'].map((which) => row(name, `event ${which}`, percentile(told, which))),
    ]),
    verdicts: found.map(({ name, stopped }) => ({
      name: `${name}: a cancel stops requests within ${mostMs} ms`,
      met: percentile(stopped, 'p99') <= mostMs,
      found: `${percentile(stopped, 'p99').toFixed(0)} ms (p99 of ${count})`,
    })),
  };
}

/**
 * @param {import('./stage.js').HubProcess} asking
 * @param {import('./stage.js').HubProcess} worker
 */
async function cancelAll(asking, worker) {
  const [stopped, told] = [/** @type {number[]} */ ([]), /** @type {number[]} */ ([])];
  for (let number = 0; number < count; number += 1) {
    const syncId = await asking.ask({ kind: 'begin', person: 'ada' });
    await worker.ask({ kind: 'await request' });
    const { askedAt, endedAt, stoppedAt } = await cancelOne(asking, worker, { person: 'ada', syncId });
    // Between two requests nothing was to be stopped.
    stopped.push(Math.max(0, stoppedAt - askedAt));
    told.push(endedAt - askedAt);
  }
  return { stopped, told };
}

/**
 * @param {import('./stage.js').HubProcess} asking
 * @param {import('./stage.js').HubProcess} worker
 * @param {{ readonly person: string, readonly syncId: string }} sync
 */
async function cancelOne(asking, worker, sync) {
  if (asking === worker) return worker.ask({ kind: 'cancel here', ...sync });
  const ending = worker.ask({ kind: 'await end', ...sync });
  const askedAt = await asking.ask({ kind: 'cancel', ...sync });
  return { askedAt, ...(await ending) };
}

/**
 * @param {readonly number[]} values
 * @param {string} which
 */
function percentile(values, which) {
  const sorted = [...values].sort((one, other) => one - other);
  return sorted[Math.ceil((Number(which.slice(1)) / 100) * sorted.length) - 1] ?? Number.NaN;
}

/**
 * @param {string} subject
 * @param {string} what
 * @param {number} ms
 */
function row(subject, what, ms) {
  return {
    bench: `sync ${what}`,
    subject,
    against: `${mostMs} ms`,
    value: ms,
    unit: 'ms',
    ratio: mostMs / ms,
  };
}
