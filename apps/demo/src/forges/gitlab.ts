import type { Clock, FaultEffect } from '@anyforge/forge-simulator';
import { createWorld, gitlabLimitFault, startGitlabSimulator } from '@anyforge/forge-simulator';
import { addCast } from './cast.js';
import type { DemoForge, ForgeOptions } from './demo-forge.js';
import type { Line } from './repositories.js';
import { addRepositories, repositoryNamed } from './repositories.js';

const edge: readonly Line[] = [
  ['gateway', 'What a site runs beside its robots', 0.1],
  ['updater', 'New firmware over the air, or back to the old', 1.6],
  ['mqtt-bridge', 'From the shop floor to the cloud', 4.2],
  ['time-sync', 'One clock for all robots of a hall', 22],
  ['modbus-adapter', 'Machines from before', 61],
];

const cloud: readonly Line[] = [
  ['scheduler', 'Which robot does what next', 0.3],
  ['inventory', 'What is on which shelf', 0.9, { visibility: 'internal' }],
  ['notifications', 'Mail, chat and the big lamp', 6.3],
  ['reports', 'Every morning at six', 14],
  ['feature-flags', 'On for some', 27, { visibility: 'internal' }],
  ['legacy-cron', 'Do not touch', 365, { archived: true, defaultBranch: 'master' }],
];

const customers: readonly Line[] = [
  ['portal', 'Where customers see their contracts', 2.2],
  ['portal-e2e', 'Clicks through the portal every night', 2.4],
  ['pricing', 'Robots by the hour', 17],
];

const design: readonly Line[] = [
  ['brand', 'Logo, colours, tone of voice', 34, { visibility: 'public' }],
  ['research-interviews', 'What operators told us', 46],
  ['prototypes', null, 52],
];

/** One of its listings a minute is told to wait that long: longer than a sync waits without a word. */
const waitSeconds = 25;

/** A self-managed instance with groups within groups, which makes whoever lists its projects wait now and then. */
export async function startGitlab({ calendar, clock, port }: ForgeOptions): Promise<DemoForge> {
  const world = createWorld({ now: calendar.now });
  const cast = addCast(world);
  const { maya, tomas, priya, jonas, aiko, samir, elena, sofia, liam, nadia } = cast;
  const stage = { world, calendar };

  const fleet = world.addOrganization({ slug: 'fleet', name: 'Fleet', owners: [samir] });
  const edgeGroup = world.addOrganization({ slug: 'edge', name: 'Edge', parent: fleet });
  const cloudGroup = world.addOrganization({ slug: 'cloud', name: 'Cloud', parent: fleet });
  const customerGroup = world.addOrganization({ slug: 'customers', name: 'Customers', parent: cloudGroup });
  const designGroup = world.addOrganization({ slug: 'design', name: 'Design', owners: [sofia] });
  addRepositories(stage, edgeGroup, edge);
  const services = addRepositories(stage, cloudGroup, cloud);
  addRepositories(stage, customerGroup, customers);
  addRepositories(stage, designGroup, design);
  addRepositories(stage, maya, [['talks', 'Slides, and what I wish I had said', 29]]);
  addRepositories(stage, priya, [['oscilloscope', 'Reads my oscilloscope', 9]]);

  for (const [organization, person, level] of [
    [fleet, maya, 'maintain'],
    [fleet, aiko, 'write'],
    [edgeGroup, priya, 'maintain'],
    [edgeGroup, elena, 'write'],
    [cloudGroup, tomas, 'write'],
    [cloudGroup, liam, 'read'],
    [customerGroup, maya, 'admin'],
    [designGroup, maya, 'read'],
    [designGroup, tomas, 'write'],
  ] as const)
    world.setMember({ organization, person, level });
  world.setMember({ organization: designGroup, person: nadia, level: 'none', roleName: 'guest' });
  world.setMember({ organization: fleet, person: jonas, level: 'read', roleName: 'security_manager' });
  world.grant({ to: priya, level: 'read', on: repositoryNamed(services, 'scheduler') });

  calendar.turnTo(0);
  const simulator = await startGitlabSimulator({
    world,
    profile: 'self-managed',
    clock,
    port,
  });
  const day = (days: number): string => calendar.daysFromToday(days).toISOString().slice(0, 10);
  const { tokens } = simulator;
  const scopes = ['read_api', 'read_repository'];
  return {
    name: 'GitLab',
    type: 'gitlab',
    simulator,
    cast,
    config: { baseUrl: simulator.webUrl },
    application: {},
    tokens: [
      {
        holder: 'tomas',
        token: tokens.issue({ kind: 'personal', person: tomas, scopes, expiresOn: day(120) }),
        remark: 'ends in four months',
      },
      {
        holder: 'jonas',
        token: tokens.issue({ kind: 'personal', person: jonas, scopes: ['read_user'], expiresOn: day(60) }),
        remark: 'lacks the scope read_api',
      },
    ],
    revokeToken: (token) => tokens.revoke(token),
    begin: () => {
      simulator.faults.add({
        // Of whole pages: whoever only looks whether there is anything is let through.
        match: { surface: 'api', path: '/projects', query: { per_page: '100' } },
        times: Infinity,
        effect: nowAndThen(clock, gitlabLimitFault({ of: 'endpoint', retryAfter: waitSeconds })),
      });
    },
  };
}

/** Spoils one answer, and none of those that come in the minute after it. */
function nowAndThen(clock: Clock, effect: FaultEffect): FaultEffect {
  if (effect.kind !== 'edit') return effect;
  let quietUntil = 0;
  return {
    kind: 'edit',
    edit: (response, request) => {
      const now = clock.now().getTime();
      if (now < quietUntil) return response;
      quietUntil = now + 60_000;
      return effect.edit(response, request);
    },
  };
}
