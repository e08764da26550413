import { describe, expect, it } from '@jest/globals';
import { readWebPage } from './http/web-page/web-page.js';
import { findPageDirectory } from './page-directory.js';

describe('the page that the server comes with', () => {
  it('keeps to the policy that it is served with: nothing inline, and nothing of another place', async () => {
    const { template, files } = await readWebPage(findPageDirectory());
    expect(template).not.toMatch(/<style|\sstyle=|\son\w+=|<script(?![^>]*\ssrc=)|(src|href)="(?!\.?\/)/);
    const scripts = [...template.matchAll(/<script[^>]*\ssrc="\.(\/[^"]+)"/g)];
    expect(scripts.length).toBeGreaterThan(0);
    for (const [, path = ''] of scripts) expect(files.get(path)).toBeDefined();
  });
});
