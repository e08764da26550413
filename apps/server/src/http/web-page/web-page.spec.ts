import { afterEach, describe, expect, it } from '@jest/globals';
import { symlink } from 'node:fs/promises';
import { join } from 'node:path';
import type { BuiltPage } from './web-page.fixture.js';
import { buildPage } from './web-page.fixture.js';
import { readWebPage, WebPageError } from './web-page.js';

const built: BuiltPage[] = [];
afterEach(() => Promise.all(built.splice(0).map((page) => page.remove())));

async function build(files: Readonly<Record<string, string | undefined>> = {}): Promise<string> {
  const page = await buildPage(files);
  built.push(page);
  return page.directory;
}

describe('a page that was built', () => {
  it('is its files, without hidden ones, links, and the compressed forms beside them', async () => {
    const directory = await build();
    await symlink(join(directory, '..', 'secret.js'), join(directory, 'assets', 'link.js'));
    const { files, folders } = await readWebPage(directory);
    expect([...files.keys()].toSorted()).toEqual([
      '/assets/index-B1x.js',
      '/assets/index-D3z.css',
      '/icon.svg',
    ]);
    expect([...folders]).toEqual(['assets']);
    const script = files.get('/assets/index-B1x.js');
    expect(script?.compressed.map(({ encoding }) => encoding)).toEqual(['br', 'gzip']);
    expect([script?.immutable, files.get('/icon.svg')?.immutable]).toEqual([true, false]);
  });

  it('is missed in words that say what to do', async () => {
    const missing = readWebPage(await build({ 'index.html': undefined }));
    await expect(missing).rejects.toThrow(WebPageError);
    await expect(missing).rejects.toThrow('npx nx build @anyforge/web');
    await expect(readWebPage('/nowhere/at/all')).rejects.toThrow(WebPageError);
  });

  it('is refused while a part of it is missing, so that nobody is shown half a page', async () => {
    const directory = await build({ 'assets/index-B1x.js': undefined });
    await expect(readWebPage(directory)).rejects.toThrow('it lacks assets/index-B1x.js');
  });

  it.each(['<base href="/" />', 'NONCE-OF-THIS-ANSWER'])('is refused without its %s', async (placeholder) => {
    const { template } = await readWebPage(await build());
    const directory = await build({ 'index.html': template.replaceAll(placeholder, '') });
    await expect(readWebPage(directory)).rejects.toThrow(placeholder);
  });
});
