import type { Repository } from '@anyforge/client';
import { ActionIcon } from '@mantine/core';
import { IconCopy, IconExternalLink } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { memo } from 'react';
import { repositoriesTexts } from '../../texts/repositories.js';
import { useTextsOf } from '../../texts/use-texts.js';
import { CloneMenu } from './clone-menu.js';
import { permissionHint } from './permission-hint.js';
import classes from './repository-list.module.css';
import { useRowTimes } from './row-times.js';

/** What a row says of its git provider. */
export interface RowProvider {
  readonly name: string;
  /** The address of a picture. */
  readonly logo?: string | undefined;
}

/** The clone menu of a repository. Whether it has been closed again is known to whoever makes the row anew. */
export interface CloneMenuState {
  readonly repositoryId: string;
  readonly opened: boolean;
}

interface RepositoryRowProps {
  readonly repository: Repository;
  readonly provider: RowProvider | undefined;
  readonly index: number;
  /** From the top of the list, in pixels. */
  readonly start: number;
  readonly height: number;
  /** The one row that the Tab key reaches; arrows lead to the others. */
  readonly active: boolean;
  /** How its clone menu is, if it is there; that of one row at most is. */
  readonly cloneMenu: CloneMenuState | undefined;
  readonly onCloneMenu: (menu: CloneMenuState) => void;
}

/**
 * One repository. It has no state and no effects, and listens to nothing: the list does, for all rows, and finds them by
 * `data-index`, `data-repository`, `data-hint` and `data-clone`.
 */
export const RepositoryRow = memo(function RepositoryRow(props: RepositoryRowProps): ReactNode {
  const { repository, provider, index, start, height, active, cloneMenu, onCloneMenu } = props;
  const texts = useTextsOf(repositoriesTexts);
  const times = useRowTimes();
  const { path, permission } = repository;
  const nameAt = path.lastIndexOf('/') + 1;
  const marks = [
    ...(repository.archived ? [texts.archived] : []),
    ...(repository.fork === true ? [texts.fork] : []),
  ];
  const tabIndex = active ? 0 : -1;
  const providerName = provider?.name ?? texts.unknownProvider;
  const hint = permissionHint(permission, providerName, texts);
  return (
    <div
      role="row"
      aria-rowindex={index + 2}
      data-index={index}
      className={classes['row']}
      style={{ height, transform: `translateY(${start}px)` }}
    >
      <div role="cell" className={classes['repository']}>
        <img src={provider?.logo} alt="" width={24} height={24} className={classes['logo']} />
        <div className={classes['words']}>
          <div className={classes['pathLine']}>
            <a
              href={`repositories/${encodeURIComponent(repository.id)}`}
              className={classes['path']}
              data-repository={repository.id}
              tabIndex={tabIndex}
              title={path}
            >
              {path.slice(0, nameAt)}
              <span className={classes['name']}>{path.slice(nameAt)}</span>
            </a>
            {marks.map((mark) => (
              <span key={mark} className={classes['mark']}>
                {mark}
              </span>
            ))}
          </div>
          <div className={classes['second']}>
            {providerName}
            {repository.description === undefined ? null : (
              <span className={classes['description']}> · {repository.description}</span>
            )}
          </div>
        </div>
      </div>
      <div role="cell" className={`${classes['cell'] ?? ''} ${classes['visibility'] ?? ''}`}>
        {texts.visibility[repository.visibility]}
        {/* Where the path takes all of its line. */}
        <span className={classes['shortMarks']}>{marks.map((mark) => ` · ${mark}`)}</span>
      </div>
      <div role="cell" className={`${classes['cell'] ?? ''} ${classes['permissionCell'] ?? ''}`}>
        <span
          className={classes['permission']}
          data-level={permission.level}
          data-hint={hint}
          tabIndex={tabIndex}
        >
          {texts.levels[permission.level]}
          <span className={classes['heard']}>, {hint}</span>
        </span>
      </div>
      <div role="cell" className={`${classes['cell'] ?? ''} ${classes['branch'] ?? ''}`}>
        {repository.defaultBranch ?? texts.notKnown}
      </div>
      <div role="cell" className={`${classes['cell'] ?? ''} ${classes['activity'] ?? ''}`}>
        {repository.updatedAt === undefined ? (
          texts.notKnown
        ) : (
          <time dateTime={repository.updatedAt} title={times.absolute(repository.updatedAt)}>
            {times.relative(repository.updatedAt)}
          </time>
        )}
      </div>
      <div role="cell" className={classes['actions']}>
        {cloneMenu !== undefined ? (
          <CloneMenu
            repository={repository}
            tabIndex={tabIndex}
            opened={cloneMenu.opened}
            onToggle={(opened) => {
              onCloneMenu({ repositoryId: repository.id, opened });
            }}
          />
        ) : (
          <ActionIcon
            variant="subtle"
            color="gray"
            size="lg"
            tabIndex={tabIndex}
            data-clone={repository.id}
            aria-label={texts.cloneOf(path)}
            aria-expanded={false}
          >
            <IconCopy size={18} aria-hidden />
          </ActionIcon>
        )}
        {repository.webUrl === undefined ? null : (
          <ActionIcon
            component="a"
            href={repository.webUrl}
            target="_blank"
            rel="noreferrer"
            variant="subtle"
            color="gray"
            size="lg"
            tabIndex={tabIndex}
            aria-label={texts.openOn(path, providerName)}
          >
            <IconExternalLink size={18} aria-hidden />
          </ActionIcon>
        )}
      </div>
    </div>
  );
});
