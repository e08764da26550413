import { fork } from 'node:child_process';
import { once } from 'node:events';

/**
 * One process of a benchmark, that does as it is told.
 *
 * @template Task, Result
 * @typedef {object} Child
 * @property {(task: Task) => Promise<Result>} ask one task after the other
 * @property {() => Promise<void>} stop
 */

/**
 * Starts a script that calls `serve`. Its garbage collector can be called, so that what it measures is not the litter
 * of what came before.
 *
 * @template Task, Result
 * @param {URL} script
 * @param {{ readonly flags?: readonly string[] | undefined }} [options] `flags`: for Node.js
 * @returns {Child<Task, Result>}
 */
export function startChild(script, { flags = [] } = {}) {
  // The collection that measuring begins with would also throw away compiled code, which a program in use keeps.
  const execArgv = ['--expose-gc', '--no-flush-bytecode', ...flags];
  const child = fork(script, { execArgv, serialization: 'advanced' });
  const exited = once(child, 'exit');
  return {
    async ask(task) {
      child.send(/** @type {import('node:child_process').Serializable} */ (task));
      const [answer] = await Promise.race([
        once(child, 'message'),
        exited.then(([code]) => {
          throw new Error(`${script.pathname} ended with ${String(code)}`);
        }),
      ]);
      if ('failure' in answer) throw new Error(`${script.pathname}: ${answer.failure}`);
      return answer.result;
    },
    async stop() {
      child.kill();
      await exited;
    },
  };
}

/**
 * Does the tasks that the parent of this process sends.
 *
 * @template Task, Result
 * @param {(task: Task) => Promise<Result>} work
 */
export function serve(work) {
  process.on('message', (/** @type {Task} */ task) => {
    work(task).then(
      (result) => process.send?.({ result }),
      (/** @type {unknown} */ error) => process.send?.({ failure: describe(error) }),
    );
  });
}

/** @param {unknown} error */
function describe(error) {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
