import type { Credential, GitProvider, Logger } from '@anyforge/core';
import { ProviderError } from '@anyforge/core';

/**
 * Ends a credential at the forge that gave it, where the forge lets programs do that. Never throws: whoever asks has
 * forgotten the credential already.
 *
 * @param provider with the settings that the credential was given for
 */
export async function revokeUpstream(
  provider: GitProvider,
  credential: Credential,
  logger: Logger,
  signal?: AbortSignal,
): Promise<'done' | 'failed' | 'unsupported'> {
  if (credential.kind !== 'oauth' || provider.oauth?.revoke === undefined) return 'unsupported';
  try {
    await provider.oauth.revoke(credential, { signal });
    return 'done';
  } catch (error) {
    if (ProviderError.is(error) && error.kind === 'unsupported') return 'unsupported';
    const reason = ProviderError.is(error) ? error.kind : 'internal';
    logger.warn({ provider: provider.type, reason }, 'a credential could not be revoked at the forge');
    return 'failed';
  }
}
