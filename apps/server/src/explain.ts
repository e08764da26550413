import { HubError } from '@anyforge/hub';
import { WebPageError } from './http/web-page/web-page.js';
import { SettingsError } from './settings.js';

/** What the operator can do about it in words; a fault of ours with its place in the code. */
export function explain(error: unknown): string {
  if (error instanceof SettingsError || error instanceof HubError || error instanceof WebPageError)
    return error.message;
  if (!(error instanceof Error)) return String(error);
  if ('code' in error && error.code === 'EADDRINUSE') {
    const port = 'port' in error ? String(error.port) : '';
    return `Another program uses port ${port}. Stop it, or choose another with PORT, or METRICS_PORT where it is that one.`;
  }
  if ('code' in error && error.code === 'EACCES') return `${error.message}. Choose another PORT.`;
  return error.stack ?? error.message;
}
