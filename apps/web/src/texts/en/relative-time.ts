/** The locale that times, numbers and lists are written in. */
export const locale = 'en';

export const relativeTime = {
  justNow: 'just now',
  soon: 'in less than a minute',
};
