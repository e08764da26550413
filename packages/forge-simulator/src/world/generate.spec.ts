import { describe, expect, it } from '@jest/globals';
import { accessOf, reachOf } from './access.js';
import type { GeneratedWorld } from './generate.js';
import { generateWorld } from './generate.js';

function listing({ world, viewer }: GeneratedWorld): string[] {
  return [...reachOf(world, viewer)].map(
    ([{ id, path, visibility, archived }, { level }]) => `${id} ${path} ${visibility} ${archived} ${level}`,
  );
}

describe('generateWorld', () => {
  it('makes the same world from the same numbers and another from another seed', () => {
    const size = { seed: 7, repositories: 300 };
    expect(listing(generateWorld(size))).toEqual(listing(generateWorld(size)));
    expect(listing(generateWorld({ ...size, seed: 8 }))).not.toEqual(listing(generateWorld(size)));
  });

  it('lets the viewer reach exactly as many repositories as asked', () => {
    const { world, viewer } = generateWorld({ repositories: 500, reach: 0.4 });
    expect(world.repositoryCount).toBe(500);
    expect(reachOf(world, viewer).size).toBe(200);
  });

  it('reaches them through every kind of grant and with every level', () => {
    const { world, viewer } = generateWorld({ repositories: 1000 });
    const accesses = [...reachOf(world, viewer).values()];
    const ways = new Set(accesses.flatMap(({ sources }) => sources.map(({ via }) => via)));
    expect(ways).toEqual(new Set(['direct', 'group', 'inherited', 'public']));
    expect(new Set(accesses.map(({ level }) => level)).size).toBe(5);
  });

  it('agrees with the level computed for each repository alone', () => {
    const { world, viewer } = generateWorld({ seed: 3, repositories: 400, reach: 0.7 });
    const reach = reachOf(world, viewer);
    for (const repository of world.repositories) {
      const alone = accessOf(world, viewer, repository);
      const granted = alone.sources.some(({ via, level }) => via !== 'public' && level !== 'none');
      expect(reach.get(repository)?.level).toBe(granted ? alone.level : undefined);
    }
  });
});
