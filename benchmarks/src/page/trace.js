/**
 * @typedef {object} TraceEvent of Chromium's tracing; times in microseconds
 * @property {string} name
 * @property {string} ph
 * @property {number} pid
 * @property {number} tid
 * @property {number} [dur]
 * @property {number} [tdur] of it, how long the thread had a processor
 * @property {{ readonly name?: string }} [args]
 */

const taskNames = new Set(['RunTask', 'ThreadControllerImpl::RunTask']);

/**
 * The longest tasks of a page's main thread, in milliseconds: by the clock, and by the processor's time, which is the
 * same wherever the thread need not wait for a processor.
 *
 * @param {Buffer} trace
 * @returns {{ readonly clockMs: number, readonly processorMs: number }}
 */
export function longestTasks(trace) {
  /** @type {{ readonly traceEvents: readonly TraceEvent[] }} */
  const { traceEvents } = JSON.parse(trace.toString('utf8'));
  const mainThreads = new Set(
    traceEvents
      .filter(({ name, args }) => name === 'thread_name' && args?.name === 'CrRendererMain')
      .map(({ pid, tid }) => `${String(pid)}/${String(tid)}`),
  );
  const tasks = traceEvents.filter(
    ({ name, pid, tid }) => taskNames.has(name) && mainThreads.has(`${String(pid)}/${String(tid)}`),
  );
  const longest = (/** @type {(task: TraceEvent) => number | undefined} */ length) =>
    tasks.reduce((most, task) => Math.max(most, (length(task) ?? 0) / 1_000), 0);
  const found = { clockMs: longest(({ dur }) => dur), processorMs: longest(({ tdur }) => tdur) };
  if (found.processorMs === 0) throw new Error('The trace tells of no task.');
  return found;
}
