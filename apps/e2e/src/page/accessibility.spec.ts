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

/** Both widths and both schemes, each of them once. */
const looks = [
  { name: 'wide and light', viewport: { width: 1280, height: 800 }, colorScheme: 'light' },
  { name: 'narrow and dark', viewport: { width: 390, height: 844 }, colorScheme: 'dark' },
] as const;

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

function startVisit(person: AccountHolder | undefined): Promise<Visit> {
  // What was wrong is said by element, and what is to be seen is the picture of the end.
  return stage.visit({ snapshots: false, ...(person && { as: person }) });
}

/** One browser for each person, with one page that goes from screen to screen. */
function browserOf(person: AccountHolder | undefined): Promise<Visit> {
  const visit = shared.get(person ?? '') ?? startVisit(person);
  shared.set(person ?? '', visit);
  return visit;
}

async function setLook(page: Page, { viewport, colorScheme }: (typeof looks)[number]): Promise<void> {
  await page.setViewportSize(viewport);
  await page.emulateMedia({ colorScheme });
}

describe.each(screens)('$route $state', ({ route, as, alone, path, arrange, ...screen }) => {
  stage.test('is accessible to everybody: wide and light, narrow and dark', async () => {
    const { places, server } = stage.world;
    const { page, close } = await (alone === true ? startVisit(as) : browserOf(as));
    await setLook(page, looks[0]);
    await screen.prepare?.(page);
    const loaded = await page.goto(new URL(path?.(places) ?? route, server.url).href);
    // Another fragment of the same address loads nothing.
    if (loaded === null) await page.reload();
    await settled(page);
    await arrange?.(page);
    const found: string[] = [];
    for (const look of looks) {
      await setLook(page, look);
      const violations = await violationsOn(page);
      found.push(...violations.map((violation) => `${look.name}: ${violation}`));
    }
    await (alone === true ? close() : page.unrouteAll());
    expect(found.join('\n\n')).toBe('');
  });
});

test('no screen of the page is left out', async () => {
  const routes = await readFile(new URL('../../../web/src/app/routes.tsx', import.meta.url), 'utf8');
  const declared = [...routes.matchAll(/\bpath: '([^']+)'/g)].map(([, path]) => path);
  expect(declared).toHaveLength(routes.match(/= createRoute\(/g)?.length ?? 0);
  expect([...new Set(screens.map(({ route }) => route))].toSorted()).toEqual(declared.toSorted());
});
