import type { DeviceFlow } from '@anyforge/core';
import type { ContractCase } from '../case.js';
import { must, mustEqual, mustFail } from '../checks.js';
import type { Stage } from '../stage/stage.js';
import type { SignInStage } from '../stage/sign-in.js';
import { prepareSignIn } from '../stage/sign-in.js';

interface Device {
  readonly scene: SignInStage;
  readonly device: DeviceFlow;
  readonly begun: Awaited<ReturnType<DeviceFlow['start']>>;
}

async function begin(stage: Stage): Promise<Device> {
  const scene = await prepareSignIn(stage);
  const { device } = scene.flow;
  if (device === undefined) throw new Error('the facts declare a device flow, and there is none');
  return { scene, device, begun: await device.start() };
}

export const deviceFlowCases: readonly ContractCase[] = [
  {
    id: 'device-whole',
    title: 'signs a person in on another device: pending first, then done',
    needs: ['oauth', 'deviceFlow'],
    async run(stage) {
      const { scene, device, begun } = await begin(stage);
      must(begun.userCode.trim() !== '', 'there is no code to type');
      must(URL.canParse(begun.verificationUrl), `where to type it is no address: ${begun.verificationUrl}`);
      must(begun.intervalMs > 0, `the interval is ${begun.intervalMs} ms`);
      must(begun.expiresAt > stage.clock.now(), `the code is told to end ${begun.expiresAt.toISOString()}`);
      mustEqual((await device.poll(begun.transaction)).status, 'pending', 'before the person has decided');
      await scene.forge.simulator.oauth.approveDevice(begun.userCode, { person: scene.ada });
      stage.clock.advance(begun.intervalMs);
      const polled = await device.poll(begun.transaction);
      if (polled.status !== 'done') must(false, 'pending after the person has agreed');
      const { account } = await scene.forge.session(polled.credential).identity();
      mustEqual(account.id, scene.forge.names.accountId(scene.ada), 'who is signed in');
    },
  },
  {
    id: 'device-slow-down',
    title: 'tells a longer interval when the forge wants to be asked less often',
    needs: ['oauth', 'deviceFlow'],
    async run(stage) {
      const { device, begun } = await begin(stage);
      await device.poll(begun.transaction);
      const polled = await device.poll(begun.transaction);
      if (polled.status !== 'pending') must(false, 'done without the person');
      must(
        polled.intervalMs > begun.intervalMs,
        `asked to slow down, the interval is ${polled.intervalMs} ms as against ${begun.intervalMs}`,
      );
    },
  },
  {
    id: 'device-denied',
    title: 'says access_denied when the person refuses on the other device',
    needs: ['oauth', 'deviceFlow'],
    async run(stage) {
      const { scene, device, begun } = await begin(stage);
      await scene.forge.simulator.oauth.approveDevice(begun.userCode, { person: scene.ada, deny: true });
      await mustFail(device.poll(begun.transaction), 'access_denied', 'a device that was refused');
    },
  },
  {
    id: 'device-expired',
    title: 'says grant_expired when nobody typed the code in time',
    needs: ['oauth', 'deviceFlow'],
    async run(stage) {
      const { device, begun } = await begin(stage);
      stage.clock.advance(begun.expiresAt.getTime() - stage.clock.now().getTime() + 1_000);
      await mustFail(device.poll(begun.transaction), 'grant_expired', 'a device whose code has ended');
    },
  },
  {
    id: 'no-device-flow',
    title: 'has no device flow, as declared',
    needs: ['oauth'],
    lacks: ['deviceFlow'],
    async run(stage) {
      mustEqual((await prepareSignIn(stage)).flow.device, undefined, 'the device flow');
    },
  },
];
