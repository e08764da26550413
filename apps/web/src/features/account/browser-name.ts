export interface BrowserName {
  readonly browser: string;
  readonly system: string;
}

/** The more particular first: most browsers call themselves by the names of others, too. */
const browsers = [
  { pattern: /\bEdg(e|A|iOS)?\//, name: 'Edge' },
  { pattern: /\bOPR\//, name: 'Opera' },
  { pattern: /\b(Firefox|FxiOS)\//, name: 'Firefox' },
  { pattern: /\b(Chrome|CriOS|HeadlessChrome|Chromium)\//, name: 'Chrome' },
  { pattern: /\bSafari\//, name: 'Safari' },
] as const;

const systems = [
  { pattern: /\b(iPhone|iPad)\b/, name: 'iOS' },
  { pattern: /\bAndroid\b/, name: 'Android' },
  { pattern: /\bWindows\b/, name: 'Windows' },
  { pattern: /\bMac OS X\b/, name: 'macOS' },
  { pattern: /\bCrOS\b/, name: 'ChromeOS' },
  { pattern: /\bLinux\b/, name: 'Linux' },
] as const;

/** What people call a browser that sent this `User-Agent`; undefined where that cannot be told. */
export function browserName(userAgent: string): BrowserName | undefined {
  const browser = browsers.find(({ pattern }) => pattern.test(userAgent))?.name;
  const system = systems.find(({ pattern }) => pattern.test(userAgent))?.name;
  return browser === undefined || system === undefined ? undefined : { browser, system };
}
