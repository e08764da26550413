import { createWorld, startGitlabSimulator } from '@anyforge/forge-simulator';
import { addCast } from './cast.js';
import type { DemoForge, ForgeOptions } from './demo-forge.js';
import type { Line } from './repositories.js';
import { addRepositories } from './repositories.js';

const subjects = [
  'grasping',
  'walking',
  'docking',
  'slam',
  'lidar',
  'stereo',
  'battery',
  'swarm',
  'speech',
  'haptics',
];
const kinds = ['baseline', 'dataset', 'ablation', 'paper', 'replay', 'sweep', 'benchmark'];
const places = ['oslo', 'lyon', 'osaka', 'turin', 'tampere', 'austin', 'pune', 'lund', 'graz'];

/** Six hundred and thirty: what many years of experiments leave behind. */
const experiments: readonly Line[] = subjects.flatMap((subject, first) =>
  kinds.flatMap((kind, second) =>
    places.map((place, third): Line => {
      const number = first * 63 + second * 9 + third;
      const daysAgo = 1 + ((number * 37) % 397);
      return [
        `${subject}-${kind}-${place}`,
        `The ${kind} on ${subject} from ${place.charAt(0).toUpperCase()}${place.slice(1)}`,
        daysAgo,
        { archived: daysAgo > 320, visibility: number % 7 === 0 ? 'internal' : 'private' },
      ];
    }),
  ),
);

const latencyMs = 300;

/** A self-managed instance below a path, far away: many projects, and slow. */
export async function startGitlabResearch({ calendar, clock, port }: ForgeOptions): Promise<DemoForge> {
  const world = createWorld({ now: calendar.now });
  const cast = addCast(world);
  const { maya, priya, elena, wei } = cast;
  const stage = { world, calendar };
  const research = world.addOrganization({ slug: 'research', name: 'Research', owners: [elena] });
  addRepositories(stage, research, experiments);
  const methods = world.addOrganization({ slug: 'methods', name: 'Methods', parent: research });
  addRepositories(stage, methods, [
    ['notebook-template', 'Start every experiment from here', 5],
    ['cluster', 'Queue, quotas, and how to be kind to others', 1.2],
  ]);
  world.setMember({ organization: research, person: maya, level: 'read' });
  world.setMember({ organization: research, person: priya, level: 'write' });
  world.setMember({ organization: methods, person: wei, level: 'maintain' });

  calendar.turnTo(0);
  const simulator = await startGitlabSimulator({
    world,
    profile: 'self-managed',
    pathPrefix: '/gitlab',
    clock,
    port,
  });
  const { tokens } = simulator;
  const scopes = ['read_api', 'read_repository'];
  const expiresOn = calendar.daysFromToday(6).toISOString().slice(0, 10);
  return {
    name: 'GitLab Research',
    type: 'gitlab',
    simulator,
    cast,
    config: { baseUrl: simulator.webUrl },
    application: {},
    tokens: [
      {
        holder: 'maya',
        token: tokens.issue({ kind: 'personal', person: maya, scopes, expiresOn }),
        remark: 'ends in six days',
      },
    ],
    revokeToken: (token) => tokens.revoke(token),
    begin: () => {
      simulator.setLatency(({ surface }) => (surface === 'api' ? latencyMs : 0));
    },
  };
}
