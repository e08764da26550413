import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { putInPlace } from './put-in-place.js';

describe('a build that is put in place', () => {
  let folder: string;
  let place: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'anyforge-build-'));
    place = join(folder, 'dist');
  });
  afterEach(() => rm(folder, { recursive: true }));

  async function buildOf(name: string): Promise<string> {
    const built = join(folder, name);
    await mkdir(built);
    await writeFile(join(built, 'index.html'), name);
    await writeFile(join(built, `${name}.js`), name);
    return built;
  }

  /** What is in place, of which nothing is of two builds. */
  async function inPlace(): Promise<string> {
    const name = await readFile(join(place, 'index.html'), 'utf8');
    expect((await readdir(place)).sort()).toEqual([`${name}.js`, 'index.html'].sort());
    return name;
  }

  it('may be the first one', async () => {
    await putInPlace(await buildOf('first'), place);
    expect(await inPlace()).toBe('first');
    expect(await readdir(folder)).toEqual(['dist']);
  });

  it('takes the place of the one before, which is gone', async () => {
    await putInPlace(await buildOf('first'), place);
    await putInPlace(await buildOf('second'), place);
    expect(await inPlace()).toBe('second');
    expect(await readdir(folder)).toEqual(['dist']);
  });

  it('leaves the one before where it is not there itself', async () => {
    await putInPlace(await buildOf('first'), place);
    await expect(putInPlace(join(folder, 'none'), place)).rejects.toThrow('ENOENT');
    expect(await inPlace()).toBe('first');
  });

  it('is whole when many are put there at once', async () => {
    await putInPlace(await buildOf('first'), place);
    const names = Array.from({ length: 20 }, (_, index) => `build-${String(index)}`);
    const built = await Promise.all(names.map(buildOf));
    await Promise.all(built.map((one) => putInPlace(one, place)));
    expect(names).toContain(await inPlace());
    expect(await readdir(folder)).toEqual(['dist']);
  });

  it('takes no notice of what a build left behind that was ended', async () => {
    await putInPlace(await buildOf('first'), place);
    await buildOf('second-before');
    await putInPlace(await buildOf('second'), place);
    expect(await inPlace()).toBe('second');
    expect(await readdir(folder)).toEqual(['dist']);
  });
});
