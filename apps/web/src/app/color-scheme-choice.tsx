import { useMantineColorScheme } from '@mantine/core';
import type { ReactNode } from 'react';
import panel from '../components/drop-panel.module.css';
import { useTexts } from '../texts/use-texts.js';
import styles from './color-scheme-choice.module.css';

const schemes = ['light', 'dark', 'auto'] as const;

/** Whether the page is light, dark, or as the system is. */
export function ColorSchemeChoice(): ReactNode {
  const { shell } = useTexts();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return (
    <fieldset className={styles['choice']}>
      <legend className={styles['legend']}>{shell.colorScheme}</legend>
      {schemes.map((scheme) => (
        <label key={scheme} className={panel['item']}>
          <input
            type="radio"
            name="color-scheme"
            value={scheme}
            checked={colorScheme === scheme}
            onChange={() => {
              setColorScheme(scheme);
            }}
          />
          {shell.colorSchemes[scheme]}
        </label>
      ))}
    </fieldset>
  );
}
