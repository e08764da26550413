import { describe, expect, test } from '@jest/globals';
import type { AccountHolder, Demo } from '@anyforge/demo';
import { demoPassword, startDemo } from '@anyforge/demo';
import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import type { Places } from './accessibility/places.js';
import { findPlaces } from './accessibility/places.js';
import { administrationScreens } from './accessibility/screens/administration.js';
import { gitProviderScreens } from './accessibility/screens/git-providers.js';
import { repositoryScreens } from './accessibility/screens/repositories.js';
import { sessionScreens } from './accessibility/screens/session.js';
import { violationsOn } from './accessibility/violations.js';
import { PageServer } from './testing/page-server.js';
import type { World } from './testing/stage.js';
import { Stage } from './testing/stage.js';
import type { Visit } from './testing/visit.js';

const screens = [...sessionScreens, ...repositoryScreens, ...gitProviderScreens, ...administrationScreens];

const devices = { desktop: { width: 1280, height: 800 }, phone: { width: 390, height: 844 } } as const;
const schemes = ['light', 'dark'] as const;

interface DemoWorld extends World {
  readonly demo: Demo;
  readonly places: Places;
}

const stage = new Stage(async (): Promise<DemoWorld> => {
  const [demo, newServer] = await Promise.all([
    startDemo({ today: new Date() }),
    PageServer.start({ ADMIN_USERNAME: undefined, ADMIN_PASSWORD: undefined }),
  ]);
  return {
    demo,
    places: await findPlaces(demo, newServer),
    server: { url: demo.url, password: demoPassword, person: () => Promise.resolve() },
    close: async () => {
      await newServer.close();
      await demo.close();
    },
  };
});

/** Nothing is being loaded. */
async function settled(page: Page): Promise<void> {
  await page.getByRole('heading', { level: 1 }).first().waitFor();
  await page.locator('main[aria-busy="true"], main [aria-busy="true"]').first().waitFor({ state: 'hidden' });
}

const shared = new Map<string, Promise<Visit>>();

/** One browser for each person, which has loaded most of the page before. */
function browserOf(person: AccountHolder | undefined): Promise<Visit> {
  const options = { browser: { reducedMotion: 'reduce' }, ...(person && { as: person }) } as const;
  const visit = shared.get(person ?? '') ?? stage.visit(options);
  shared.set(person ?? '', visit);
  return visit;
}

describe.each(screens)('$route $state', ({ route, as, path, arrange, ...screen }) => {
  stage.test('is accessible to everybody: in light and dark, wide and narrow', async () => {
    const { places, server } = stage.world;
    const { context } = await browserOf(as);
    const page = await context.newPage();
    await page.emulateMedia({ colorScheme: 'light' });
    await screen.prepare?.(page);
    await page.goto(new URL(path?.(places) ?? route, server.url).href);
    await settled(page);
    await arrange?.(page);
    const found: string[] = [];
    for (const [device, viewport] of Object.entries(devices)) {
      await page.setViewportSize(viewport);
      for (const colorScheme of schemes) {
        await page.emulateMedia({ colorScheme });
        const violations = await violationsOn(page);
        found.push(...violations.map((violation) => `${device}, ${colorScheme}: ${violation}`));
      }
    }
    await page.close();
    expect(found.join('\n\n')).toBe('');
  });
});

test('no screen of the page is left out', async () => {
  const routes = await readFile(new URL('../../../web/src/app/routes.tsx', import.meta.url), 'utf8');
  const declared = [...routes.matchAll(/\bpath: '([^']+)'/g)].map(([, path]) => path);
  expect(declared).toHaveLength(routes.match(/= createRoute\(/g)?.length ?? 0);
  expect([...new Set(screens.map(({ route }) => route))].toSorted()).toEqual(declared.toSorted());
});
