import { useComputedColorScheme } from '@mantine/core';
import type { ReactNode } from 'react';

export interface ProviderLogoProps {
  /** SVG, as the API tells it. A space of the same size stands where it is not known yet. */
  readonly logo: string | undefined;
  readonly size?: number;
}

/** Of a logo that leaves its colour to the page, which a picture cannot ask for it. */
const colors = { light: '#1f2526', dark: '#e3e6e7' };

/** The logo of a kind of forge. It stands beside the name, so it has none of its own. */
export function ProviderLogo({ logo, size = 24 }: ProviderLogoProps): ReactNode {
  const scheme = useComputedColorScheme('light');
  if (logo === undefined) return <span style={{ display: 'inline-block', width: size, height: size }} />;
  return (
    <img
      src={logoSource(logo, scheme)}
      alt=""
      width={size}
      height={size}
      style={{ flexShrink: 0, objectFit: 'contain' }}
    />
  );
}

/** A logo as the address of a picture: nothing in it can run, and nothing of the page is reached from it. */
export function logoSource(logo: string, scheme: 'light' | 'dark'): string {
  return `data:image/svg+xml,${encodeURIComponent(logo.replaceAll('currentColor', colors[scheme]))}`;
}
