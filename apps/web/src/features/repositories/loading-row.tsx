import type { ReactNode } from 'react';
import { useTexts } from '../../texts/use-texts.js';
import classes from './repository-list.module.css';

interface LoadingRowProps {
  readonly index: number;
  readonly start: number;
  readonly height: number;
}

/** The place of a repository that is on its way. */
export function LoadingRow({ index, start, height }: LoadingRowProps): ReactNode {
  const { common } = useTexts();
  return (
    <div
      role="row"
      aria-rowindex={index + 2}
      data-index={index}
      className={classes['row']}
      style={{ height, transform: `translateY(${start}px)` }}
    >
      <div role="cell" className={classes['repository']} aria-label={common.loading}>
        <span className={classes['boneOfLogo']} />
        <div className={classes['words']}>
          <div className={classes['bone']} />
        </div>
      </div>
    </div>
  );
}
