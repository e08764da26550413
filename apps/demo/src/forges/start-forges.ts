import { startBitbucketCloud } from './bitbucket-cloud.js';
import { startBitbucketDataCenter } from './bitbucket-data-center.js';
import type { DemoForge, ForgeOptions } from './demo-forge.js';
import { startGithub } from './github.js';
import { startGitlabResearch } from './gitlab-research.js';
import { startGitlab } from './gitlab.js';
import { explainPages } from './pages.js';

export interface DemoForges {
  readonly github: DemoForge;
  readonly gitlab: DemoForge;
  readonly research: DemoForge;
  readonly bitbucket: DemoForge;
  readonly dataCenter: DemoForge;
}

/** Starts them at consecutive ports, one with an API of its own taking two; at free ones without a first port. */
export async function startForges({
  firstPort,
  ...common
}: Omit<ForgeOptions, 'port'> & { readonly firstPort: number | undefined }): Promise<DemoForges> {
  const optionsAt = (offset: number): ForgeOptions => ({
    ...common,
    port: firstPort === undefined ? undefined : firstPort + offset,
  });
  const started: DemoForge[] = [];
  const start = async (forge: Promise<DemoForge>): Promise<DemoForge> => {
    const running = await forge;
    started.push(running);
    explainPages(running);
    return running;
  };
  try {
    return {
      github: await start(startGithub(optionsAt(0))),
      gitlab: await start(startGitlab(optionsAt(1))),
      research: await start(startGitlabResearch(optionsAt(2))),
      bitbucket: await start(startBitbucketCloud(optionsAt(3))),
      dataCenter: await start(startBitbucketDataCenter(optionsAt(5))),
    };
  } catch (error) {
    await Promise.all(started.map(({ simulator }) => simulator.close()));
    throw error;
  }
}
