import 'reflect-metadata';
import { PROVIDER_REGISTRY, registerProviderRegistry } from '@anyforge/core/di';
import type { Clock } from '@anyforge/core';
import type { Hub, Measurements } from '@anyforge/hub';
import { openHub } from '@anyforge/hub';
import { register as registerBitbucket } from '@anyforge/provider-bitbucket/register';
import { register as registerGitea } from '@anyforge/provider-gitea/register';
import { register as registerGithub } from '@anyforge/provider-github/register';
import { register as registerGitlab } from '@anyforge/provider-gitlab/register';
import { createSharedBudgets } from '@anyforge/provider-kit';
import { createGuardedFetch } from '@anyforge/provider-kit/guarded-fetch';
import type { Logger } from 'pino';
import type { DependencyContainer } from 'tsyringe';
import { container } from 'tsyringe';
import type { Settings } from './settings.js';

/** The one list of the forges that this server speaks. */
const registrations: readonly ((container: DependencyContainer) => void)[] = [
  registerGithub,
  registerGitlab,
  registerBitbucket,
  registerGitea,
];

/** The settings, with the address that the server turned out to have. */
export interface PlacedSettings extends Settings {
  readonly publicUrl: string;
}

/** Of what the operator names, and nobody else: where it stands is their choice. Cloud metadata stays out of reach. */
const chosen = { private: true, loopback: true };

export interface Effects {
  readonly logger: Logger;
  readonly clock: Clock;
  /** Told what the hub does. */
  readonly measurements?: Measurements | undefined;
}

/** Wires the application: the plugins into the container, the registry of them into the hub. */
export async function openApplication(settings: PlacedSettings, effects: Effects): Promise<Hub> {
  const { logger, clock, measurements } = effects;
  const root = container.createChildContainer();
  for (const register of registrations) register(root);
  registerProviderRegistry(root);
  return openHub({
    dataDirectory: settings.dataDirectory,
    database: settings.databaseUrl === undefined ? undefined : { url: settings.databaseUrl },
    encryptionKey: settings.encryptionKey,
    oldEncryptionKeys: settings.oldEncryptionKeys,
    publicUrl: settings.publicUrl,
    administrator: settings.administrator,
    setUpCodeRequired: !settings.loopbackOnly,
    sessions: settings.sessions,
    openIdConnect: settings.openIdConnect && {
      ...settings.openIdConnect,
      fetch: createGuardedFetch({ addresses: chosen, ca: settings.ca, proxy: settings.proxy }),
    },
    auditRetentionDays: settings.auditRetentionDays,
    repositoryRetentionDays: settings.repositoryRetentionDays,
    work: settings.syncConcurrency > 0,
    syncConcurrency: settings.syncConcurrency,
    publicGitProviders: settings.publicGitProviders,
    plugins: root.resolve(PROVIDER_REGISTRY),
    providerContext: ({ budgets, responses }) => ({
      fetch: createGuardedFetch({
        addresses: settings.addresses,
        ca: settings.ca,
        proxy: settings.proxy,
      }),
      budgets: createSharedBudgets({ clock, logger, store: budgets }),
      responses,
    }),
    clock,
    logger,
    measurements,
  });
}
