import { createWorld, startBitbucketDataCenterSimulator } from '@anyforge/forge-simulator';
import { addCast } from './cast.js';
import type { DemoForge, ForgeOptions } from './demo-forge.js';
import type { Line } from './repositories.js';
import { addRepositories, repositoryNamed } from './repositories.js';

const control: readonly Line[] = [
  ['plc-library', 'Blocks for the controllers of a cell', 20],
  ['cell-safety', 'Fences, curtains and red buttons', 30],
  ['opc-server', 'What a cell tells the house', 65],
  ['hmi', 'The panel at the cell', 80],
  ['commissioning', 'First day at a customer, as a checklist', 110],
];

const execution: readonly Line[] = [
  ['mes-core', 'Orders, lots and batches', 12],
  ['mes-sap', 'Where the orders come from', 25],
  ['label-printer', 'Zebras', 140],
  ['stocktaking', 'Once a year, at night', 322, { archived: true }],
];

/** A Data Center instance below a context path. */
export async function startBitbucketDataCenter({ calendar, clock, port }: ForgeOptions): Promise<DemoForge> {
  const world = createWorld({ now: calendar.now });
  const cast = addCast(world);
  const { maya, tomas, priya, kwame, nadia, wei } = cast;
  const stage = { world, calendar };
  const controls = world.addOrganization({ slug: 'CTRL', name: 'Cell control', basePermission: 'read' });
  const manufacturing = world.addOrganization({ slug: 'MES', name: 'Manufacturing', owners: [kwame] });
  const cells = addRepositories(stage, controls, control);
  const orders = addRepositories(stage, manufacturing, execution);
  const engineers = world.addTeam({ slug: 'control-engineers', members: [priya, wei, nadia] });
  world.grant({ to: engineers, on: controls, level: 'write' });
  world.setMember({ organization: controls, person: maya, level: 'admin' });
  world.setMember({ organization: manufacturing, person: maya, level: 'read' });
  world.setMember({ organization: controls, person: tomas, level: 'read' });
  world.grant({ to: tomas, on: repositoryNamed(orders, 'label-printer'), level: 'write' });
  world.grant({ to: kwame, on: repositoryNamed(cells, 'cell-safety'), level: 'admin' });
  addRepositories(stage, maya, [['scratch', null, 90]]);

  calendar.turnTo(0);
  const simulator = await startBitbucketDataCenterSimulator({
    world,
    pathPrefix: '/bitbucket',
    clock,
    port,
  });
  const { tokens } = simulator;
  const permissions = ['REPO_READ'] as const;
  return {
    name: 'Bitbucket Data Center',
    type: 'bitbucket-data-center',
    simulator,
    cast,
    config: { baseUrl: simulator.webUrl },
    application: {},
    tokens: [
      {
        holder: 'tomas',
        token: tokens.issue({ kind: 'personal', person: tomas, permissions }),
        remark: 'reads everything that Tomás reads',
      },
      {
        holder: 'priya',
        token: tokens.issue({ kind: 'personal', person: priya, permissions }),
        remark: 'reads everything that Priya reads',
      },
    ],
    revokeToken: (token) => tokens.revoke(token),
    begin: () => undefined,
  };
}
