import { createWorld, startGithubSimulator } from '@anyforge/forge-simulator';
import { addCast } from './cast.js';
import type { DemoForge, ForgeOptions } from './demo-forge.js';
import type { Line } from './repositories.js';
import { addRepositories, repositoryNamed } from './repositories.js';

const halden: readonly Line[] = [
  ['api-gateway', 'Routes and guards every request to the fleet services', 0.05],
  ['fleet-console', 'Where operators see and steer their robots', 0.2, { visibility: 'internal' }],
  ['telemetry-ingest', 'Takes two million measurements a minute from the field', 0.6],
  ['identity', 'Sign-in, roles and devices of customers', 1.1],
  ['route-planner', 'Shortest safe paths through a warehouse that changes', 2],
  ['billing', 'Usage to invoices', 3.4],
  ['design-system', 'Components, tokens and icons of all our screens', 4, { visibility: 'internal' }],
  ['firmware-arm-m7', 'Motor control and safety loop of the M7 arm', 5.5],
  ['firmware-rover-r2', 'Drive, battery and docking of the R2 rover', 6],
  ['simulator', 'A warehouse in a process, for tests of planners', 8],
  ['infrastructure', 'Everything that runs, as code', 9, { defaultBranch: 'production' }],
  ['handbook', 'How we work', 12, { visibility: 'internal' }],
  ['website', 'halden.example', 15, { visibility: 'public', defaultBranch: 'gh-pages' }],
  ['sdk-python', 'Talk to a fleet from Python', 18, { visibility: 'public', topics: ['sdk', 'python'] }],
  ['sdk-typescript', 'Talk to a fleet from TypeScript', 18.5, { visibility: 'public', topics: ['sdk'] }],
  ['homebrew-tap', 'Formulae of our command line', 31, { visibility: 'public' }],
  ['incident-reviews', 'What went wrong, and what we changed', 40],
  ['ml-grasping', 'Where to take hold of a box that was never seen before', 44],
  ['load-tests', 'Ten thousand robots that do not exist', 58],
  ['console-classic', 'The console before fleet-console', 290, { archived: true, defaultBranch: 'master' }],
  ['hackweek-2024', null, 333, { archived: true }],
];

const labs: readonly Line[] = [
  ['gait-experiments', 'Walking is falling and catching yourself', 3],
  ['tactile-skin', 'Sensors in silicone', 11],
  ['swarm-notes', 'What ants know', 26],
  ['vision-transformer-edge', 'As small as it gets', 37],
];

const commons: readonly Line[] = [
  ['robot-msgs', 'Messages that robots of all makers understand', 7, { visibility: 'public' }],
  ['safety-kernel', 'The part that must never be wrong', 13],
  ['conformance', 'Does your robot speak robot-msgs?', 21],
];

const limits = { authenticatedPerHour: 1000 };

/** An Enterprise Server: an organization that asks for single sign-on, and one that lets only known applications in. */
export async function startGithub({ calendar, clock, port }: ForgeOptions): Promise<DemoForge> {
  const world = createWorld({ now: calendar.now });
  const cast = addCast(world);
  const { maya, tomas, priya, jonas, aiko, samir, elena, kwame, sofia, liam, wei, nadia } = cast;
  const stage = { world, calendar };

  const company = world.addOrganization({
    slug: 'halden',
    name: 'Halden Robotics',
    basePermission: 'read',
    owners: [maya],
    members: [tomas, priya, jonas, aiko, samir, elena, kwame, sofia, liam, wei, nadia],
  });
  const repositories = addRepositories(stage, company, halden);
  const platform = world.addTeam({ organization: company, slug: 'platform', members: [tomas, aiko, samir] });
  const firmware = world.addTeam({ organization: company, slug: 'firmware', members: [priya, kwame, wei] });
  const web = world.addTeam({ organization: company, slug: 'web', members: [tomas, sofia, liam] });
  const support = world.addTeam({ organization: company, slug: 'support', members: [nadia, jonas, tomas] });
  const given = [
    [platform, 'maintain', ['api-gateway', 'telemetry-ingest', 'identity', 'billing']],
    [platform, 'admin', ['infrastructure', 'load-tests']],
    [firmware, 'write', ['firmware-arm-m7', 'firmware-rover-r2', 'simulator', 'ml-grasping']],
    [web, 'write', ['fleet-console', 'design-system', 'website', 'sdk-typescript']],
    [support, 'triage', ['fleet-console', 'route-planner', 'incident-reviews']],
  ] as const;
  for (const [to, level, names] of given)
    for (const name of names) world.grant({ to, level, on: repositoryNamed(repositories, name) });
  world.grant({ to: priya, level: 'admin', on: repositoryNamed(repositories, 'simulator') });

  const labsOrganization = world.addOrganization({
    slug: 'halden-labs',
    name: 'Halden Labs',
    basePermission: 'write',
    owners: [elena],
    members: [maya, priya, wei],
  });
  addRepositories(stage, labsOrganization, labs);
  const open = world.addOrganization({
    slug: 'open-robotics',
    name: 'Open Robotics Commons',
    basePermission: 'write',
    owners: [kwame],
    members: [maya, tomas],
  });
  addRepositories(stage, open, commons);
  addRepositories(stage, maya, [
    ['dotfiles', 'My shell', 2.5, { visibility: 'public' }],
    ['advent', 'Puzzles, in whatever language I am learning', 345, { defaultBranch: 'trunk' }],
  ]);
  addRepositories(stage, tomas, [['keyboard', 'Firmware of a keyboard with too few keys', 19]]);

  calendar.turnTo(0);
  const simulator = await startGithubSimulator({
    world,
    profile: 'enterprise-server',
    limits,
    clock,
    port,
  });
  simulator.policies.set(labsOrganization, { singleSignOn: true });
  simulator.policies.set(open, { oauthApps: ['Some other application'] });
  const scopes = ['repo', 'read:org', 'read:user'];
  const { tokens } = simulator;
  return {
    name: 'GitHub Enterprise',
    type: 'github',
    simulator,
    cast,
    config: { baseUrl: simulator.webUrl },
    application: { kind: 'oauth-app' },
    tokens: [
      {
        holder: 'tomas',
        token: tokens.issue({ kind: 'classic', person: tomas, scopes }),
        remark: 'sees what Tomás sees',
      },
      {
        holder: 'priya',
        token: tokens.issue({ kind: 'classic', person: priya, scopes, singleSignOn: [labsOrganization] }),
        remark: 'authorized for the single sign-on of halden-labs',
      },
      {
        holder: 'jonas',
        token: tokens.issue({ kind: 'classic', person: jonas, scopes: ['read:org'] }),
        remark: 'lacks the scope repo',
      },
    ],
    revokeToken: (token) => tokens.revoke(token),
    begin: () => undefined,
  };
}
