import type { Handler } from './message.js';

/** Makes a request again as its answer asks: redirected, or with a renewed credential. Each time it starts anew below. */
export function withFollowUps(next: Handler): Handler {
  return async (request) => {
    for (let current = request; ;) {
      const answer = await next(current);
      if (answer.again === undefined) return answer;
      current = { ...current, ...answer.again };
    }
  };
}
