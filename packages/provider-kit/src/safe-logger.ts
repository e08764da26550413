import type { Logger } from '@anyforge/core';

/** A logger that never throws: what cannot be logged breaks no call, least of all work that nobody awaits. */
export function toSafeLogger(logger: Logger): Logger {
  const attempt = (log: () => void): void => {
    try {
      log();
    } catch {
      // There is nobody left to tell.
    }
  };
  return {
    debug: (fields, message) => {
      attempt(() => {
        logger.debug(fields, message);
      });
    },
    warn: (fields, message) => {
      attempt(() => {
        logger.warn(fields, message);
      });
    },
  };
}
