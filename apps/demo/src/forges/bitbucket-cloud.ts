import { createWorld, startBitbucketCloudSimulator } from '@anyforge/forge-simulator';
import { addCast } from './cast.js';
import type { DemoForge, ForgeOptions } from './demo-forge.js';
import type { Line } from './repositories.js';
import { addRepositories, repositoryNamed } from './repositories.js';

const applications: readonly Line[] = [
  ['operator-ios', 'The console in a pocket', 0.4],
  ['operator-android', 'The console in the other pocket', 0.7],
  ['kiosk', 'The tablet at the loading ramp', 5],
  ['wearable', 'A robot’s state on a wrist', 48],
];

const libraries: readonly Line[] = [
  ['kit-swift', 'A fleet from Swift', 3, { visibility: 'public' }],
  ['kit-kotlin', 'A fleet from Kotlin', 3.2, { visibility: 'public' }],
  ['map-renderer', 'Warehouses at sixty frames a second', 16],
  ['offline-store', 'What is known without a network', 24],
  ['push-legacy', 'Before the new push', 300, { defaultBranch: 'develop' }],
];

const releases: readonly Line[] = [
  ['store-metadata', 'Screenshots and words of the app stores', 10],
  ['signing', 'Certificates, sealed', 70],
];

/** A workspace with projects. */
export async function startBitbucketCloud({ calendar, clock, port }: ForgeOptions): Promise<DemoForge> {
  const world = createWorld({ now: calendar.now });
  const cast = addCast(world);
  const { maya, tomas, aiko, liam, sofia } = cast;
  const stage = { world, calendar };
  const organization = world.addOrganization({
    slug: 'halden-mobile',
    name: 'Halden Mobile',
    owners: [liam],
    members: [maya, tomas, aiko, sofia],
  });
  const [apps, kits, release] = [
    world.addProject({ organization, key: 'APP', name: 'Apps' }),
    world.addProject({ organization, key: 'KIT', name: 'Kits' }),
    world.addProject({ organization, key: 'REL', name: 'Releases' }),
  ];
  addRepositories(stage, organization, applications, { project: apps });
  addRepositories(stage, organization, libraries, { project: kits });
  const sealed = addRepositories(stage, organization, releases, { project: release });
  world.grant({ to: maya, on: apps, level: 'write' });
  world.grant({ to: maya, on: kits, level: 'read' });
  world.grant({ to: tomas, on: kits, level: 'write' });
  world.grant({ to: aiko, on: apps, level: 'admin' });
  world.grant({ to: maya, on: repositoryNamed(sealed, 'store-metadata'), level: 'admin' });

  calendar.turnTo(0);
  const simulator = await startBitbucketCloudSimulator({
    world,
    tellsApiTokenScopes: true,
    clock,
    port,
  });
  const scopes = ['read:user:bitbucket', 'read:workspace:bitbucket', 'read:repository:bitbucket'];
  const { webUrl: baseUrl, apiUrl, tokens } = simulator;
  return {
    name: 'Bitbucket',
    type: 'bitbucket',
    simulator,
    cast,
    config: { baseUrl, apiUrl },
    application: { scopes: ['account', 'repository'] },
    tokens: [
      {
        holder: 'maya',
        token: tokens.issue({ kind: 'api', person: maya, scopes }),
        username: maya.email ?? '',
        remark: 'sees what Maya sees',
      },
      {
        holder: 'tomas',
        token: tokens.issue({ kind: 'api', person: tomas, scopes }),
        username: tomas.email ?? '',
        remark: 'sees what Tomás sees',
      },
    ],
    revokeToken: (token) => tokens.revoke(token),
    begin: () => undefined,
  };
}
