import type { BrowserContextOptions } from 'playwright-core';

/** A device in light or dark, by which a picture is named. */
export interface Look {
  readonly name: string;
  readonly options: BrowserContextOptions;
}

const devices = {
  desktop: { viewport: { width: 1280, height: 800 } },
  phone: { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, isMobile: true, hasTouch: true },
} as const;

const schemes = ['light', 'dark'] as const;

/** So that no picture depends on the machine that it is taken on. */
const common: BrowserContextOptions = {
  locale: 'en-GB',
  timezoneId: 'UTC',
  reducedMotion: 'reduce',
  userAgent: 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0',
};

export const looks: readonly Look[] = Object.entries(devices).flatMap(([device, options]) =>
  schemes.map((colorScheme) => ({
    name: `${device}-${colorScheme}`,
    options: { ...common, ...options, colorScheme },
  })),
);
