// @ts-check
// Starts a forge of its own on this machine and says how to try main.js with it.
//
//   node simulator.js [github | gitlab | bitbucket | bitbucket-data-center | gitea]
import { simulators } from './simulators.js';

const type = process.argv[2] ?? 'github';
const start = Object.hasOwn(simulators, type) ? simulators[type] : undefined;
if (start === undefined) {
  console.error(`Name a forge: ${Object.keys(simulators).join(', ')}.`);
  process.exit(1);
}
const { token, options } = await start(250);
console.log('A forge that only this machine can reach. Press Ctrl+C to stop it. Try:\n');
console.log(`echo ${token} | node examples/list-repositories/main.js ${type} ${options.join(' ')}`);
