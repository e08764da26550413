import { ProviderError } from '@anyforge/core';
import { HubError } from './errors.js';
import { systemErrorCode } from './system-error.js';

/**
 * An error as the log may have it. The words of a `HubError` and of a `ProviderError` are made to be read. Of any other
 * error, a fault of our own or of a library, there are the name, the code and the place, without the message: that may
 * quote what it was given, as `JSON.parse` does.
 */
export function describeFault(error: unknown): string {
  if (error instanceof HubError || ProviderError.is(error))
    return `${error.name} ${error.kind}: ${error.message}`;
  if (!(error instanceof Error)) return typeof error;
  const { name, message, stack = '' } = error;
  const frames = stack
    .replace(message, () => '')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line.startsWith('at '));
  return [name, systemErrorCode(error) ?? [], ...frames.slice(0, 3)].flat().join(' ');
}
