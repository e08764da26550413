import type { CSSVariablesResolver, MantineColorsTuple } from '@mantine/core';
import { createTheme } from '@mantine/core';

/**
 * Of each color, shade 7 is read well on white and on its own tint, white is read well on shades 6 and 7, and shades 3
 * and 4 on the dark background.
 */
const pine: MantineColorsTuple = [
  '#ecf7f5',
  '#d5ebe7',
  '#a9d6cf',
  '#79c0b5',
  '#53ad9f',
  '#3b9f90',
  '#1c8073',
  '#0f6f63',
  '#0b5a51',
  '#06443d',
];
const red: MantineColorsTuple = [
  '#fdf0ef',
  '#fadcd9',
  '#f4b8b2',
  '#f0948b',
  '#ec7a70',
  '#e15a4f',
  '#cf3d32',
  '#b02a20',
  '#8f2018',
  '#6e1811',
];
const green: MantineColorsTuple = [
  '#eef8ee',
  '#d9eeda',
  '#b3dcb5',
  '#8bc98e',
  '#69b86d',
  '#4ca551',
  '#2f8236',
  '#256e2c',
  '#1c5822',
  '#134218',
];
const yellow: MantineColorsTuple = [
  '#fdf6e7',
  '#f9e9c5',
  '#f2d38c',
  '#e9bd55',
  '#dfa92f',
  '#c48f17',
  '#966a0f',
  '#7f590b',
  '#664707',
  '#4d3504',
];
const gray: MantineColorsTuple = [
  '#f7f8f8',
  '#eff1f1',
  '#e3e6e7',
  '#d3d8d9',
  '#bcc3c5',
  '#8c9598',
  '#697275',
  '#525b5e',
  '#394043',
  '#22272a',
];
const dark: MantineColorsTuple = [
  '#dbe0e2',
  '#b4bdc1',
  '#98a3a8',
  '#6d797e',
  '#404a4f',
  '#343d41',
  '#283034',
  '#191e21',
  '#14181a',
  '#0e1113',
];

export const theme = createTheme({
  primaryColor: 'pine',
  primaryShade: { light: 7, dark: 6 },
  colors: { pine, red, green, yellow, orange: yellow, gray, dark },
  white: '#ffffff',
  black: '#1b2022',
  fontFamily: 'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Liberation Sans", sans-serif',
  fontFamilyMonospace:
    'ui-monospace, "SF Mono", "Cascadia Mono", Menlo, Consolas, "Liberation Mono", monospace',
  headings: {
    fontWeight: '650',
    sizes: { h1: { fontSize: '1.5rem', lineHeight: '1.3' }, h2: { fontSize: '1.15rem', lineHeight: '1.4' } },
  },
  defaultRadius: 'md',
  cursorType: 'pointer',
  respectReducedMotion: true,
  components: { Badge: { defaultProps: { tt: 'none' } } },
});

/** Quiet words stay readable: Mantine's own are too pale for small text. */
export const resolveCssVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    '--mantine-color-dimmed': gray[7],
    '--mantine-color-placeholder': gray[6],
    '--mantine-color-error': red[7],
    '--mantine-color-default-border': gray[4],
    '--anyforge-line': gray[2],
    '--anyforge-canvas': gray[0],
  },
  dark: {
    '--mantine-color-dimmed': dark[1],
    '--mantine-color-placeholder': dark[2],
    '--mantine-color-error': red[3],
    '--mantine-color-default-border': dark[3],
    '--anyforge-line': dark[5],
    '--anyforge-canvas': dark[8],
  },
});
