import { describe, expect, it } from '@jest/globals';
import { cloneCommand } from './clone-command.js';

describe('the command that clones a repository', () => {
  it.each([
    'https://forge.example/acme/api.git',
    'git@forge.example:acme/api.git',
    'https://forge.example:8443/~ada/x.git',
  ])('has the address as it is: %s', (url) => {
    expect(cloneCommand(url)).toBe(`git clone ${url}`);
  });

  it('lets a shell take nothing of it for itself', () => {
    expect(cloneCommand("https://forge.example/a;b$(c)'d.git")).toBe(
      String.raw`git clone 'https://forge.example/a;b$(c)'\''d.git'`,
    );
  });
});
