import type { Repository } from '@anyforge/client';
import { useMediaQuery } from '@mantine/hooks';
import { useNavigate } from '@tanstack/react-router';
import type { Range } from '@tanstack/react-virtual';
import { defaultRangeExtractor, useWindowVirtualizer } from '@tanstack/react-virtual';
import type { MouseEvent, ReactNode, Ref } from 'react';
import { useEffect, useImperativeHandle, useRef, useState } from 'react';
import { repositoriesTexts } from '../../texts/repositories.js';
import { useTextsOf } from '../../texts/use-texts.js';
import type { ProviderLook } from '../syncs/use-provider-looks.js';
import { LoadingRow } from './loading-row.js';
import { RepositoryListHead } from './repository-list-head.js';
import classes from './repository-list.module.css';
import { dataOf } from './row-data.js';
import type { CloneMenuState } from './repository-row.js';
import { RepositoryRow } from './repository-row.js';
import { fewestSlots, rowKey, slotsFor } from './row-keys.js';
import { RowTimesContext, useNewRowTimes } from './row-times.js';
import type { RepositorySearch } from './repository-search.js';
import { useDocumentOffset } from './use-document-offset.js';
import { useHint } from './use-hint.js';
import { useRowFocus } from './use-row-focus.js';
import { useRowProviders } from './use-row-providers.js';

export interface RepositoryListHandle {
  /** Moves the focus to the first row that is seen. */
  readonly focus: () => void;
}

interface RepositoryListProps {
  readonly ref?: Ref<RepositoryListHandle>;
  /** Those that have been fetched, from the first on. */
  readonly rows: readonly Repository[];
  /** How many there are. */
  readonly total: number;
  readonly hasMore: boolean;
  readonly isFetching: boolean;
  readonly onMore: () => void;
  /** Whether these are the rows of other filters, while the right ones are on their way. */
  readonly stale: boolean;
  readonly looks: ReadonlyMap<string, ProviderLook>;
  readonly search: RepositorySearch;
  readonly onSort: (change: Partial<RepositorySearch>) => void;
}

/** In rem, so that rows grow with the letters. The list's style sheet changes at the same width. */
const rowHeights = { wide: 3.5, narrow: 6.75 } as const;
const narrowQuery = '(max-width: 48em)';
/** Beyond those that are seen. */
const overscan = 6;
/** Fetched before somebody gets there. */
const ahead = 30;
/** Rows of the screen's bars, which stay on top of the list. */
const barsRem = 10;

/** As many repositories as there are, of which only those in sight exist. The document is what scrolls. */
export function RepositoryList(props: RepositoryListProps): ReactNode {
  const { ref, rows, total, hasMore, isFetching, onMore, stale, looks, search, onSort } = props;
  const texts = useTextsOf(repositoriesTexts);
  const navigate = useNavigate();
  const body = useRef<HTMLDivElement>(null);
  const kept = useRef<number>(undefined);
  const [rem] = useState(() => parseFloat(getComputedStyle(document.documentElement).fontSize));
  const narrow = useMediaQuery(narrowQuery, false, { getInitialValueInEffect: false });
  const rowHeight = (narrow ? rowHeights.narrow : rowHeights.wide) * rem;
  const scrollMargin = useDocumentOffset(body);
  const [cloneMenu, setCloneMenu] = useState<CloneMenuState>();
  const [slots, setSlots] = useState(fewestSlots);
  const times = useNewRowTimes();
  const providers = useRowProviders(looks);
  const { hint, hideHint, hintHandlers } = useHint();

  const virtualizer = useWindowVirtualizer({
    count: total,
    estimateSize: () => rowHeight,
    overscan,
    scrollMargin,
    scrollPaddingStart: barsRem * rem,
    rangeExtractor: (range) => withIndex(range, kept.current),
    onChange: hideHint,
  });
  const { focused, focusRow, ...focusHandlers } = useRowFocus(body, virtualizer);
  useEffect(() => {
    kept.current = focused;
  }, [focused]);
  useEffect(() => {
    virtualizer.measure();
  }, [virtualizer, rowHeight]);

  const items = virtualizer.getVirtualItems();
  if (items.length > slots) setSlots(slotsFor(items.length, slots));
  // With its row it goes for good: a row that comes back opens nothing by itself.
  if (cloneMenu !== undefined && !items.some(({ index }) => rows[index]?.id === cloneMenu.repositoryId))
    setCloneMenu(undefined);
  const first = virtualizer.range?.startIndex ?? 0;
  const last = virtualizer.range?.endIndex ?? 0;
  useEffect(() => {
    if (hasMore && !isFetching && last + ahead >= rows.length) onMore();
  }, [hasMore, isFetching, last, rows.length, onMore]);
  useImperativeHandle(ref, () => ({
    focus: () => {
      if (rows.length > 0) focusRow(Math.min(first, rows.length - 1));
    },
  }));

  const onClick = (event: MouseEvent<HTMLDivElement>): void => {
    const clone = dataOf(event, 'clone');
    if (clone !== undefined) setCloneMenu({ repositoryId: clone, opened: true });
    const id = dataOf(event, 'repository');
    if (id === undefined || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    void navigate({ to: '/repositories/$id', params: { id } });
  };

  return (
    <div
      role="table"
      aria-label={texts.listLabel}
      aria-rowcount={total + 1}
      aria-busy={stale}
      className={classes['table']}
    >
      <RepositoryListHead search={search} onSort={onSort} />
      <RowTimesContext value={times}>
        <div
          ref={body}
          role="rowgroup"
          className={classes['body']}
          data-stale={stale || undefined}
          style={{ height: virtualizer.getTotalSize() }}
          onClick={onClick}
          {...focusHandlers}
          {...hintHandlers}
        >
          {items.map(({ index, start }) => {
            const repository = rows[index];
            const top = start - scrollMargin;
            const key = rowKey(index, focused, slots);
            return repository === undefined ? (
              <LoadingRow key={`loading ${key}`} index={index} start={top} height={rowHeight} />
            ) : (
              <RepositoryRow
                key={key}
                repository={repository}
                provider={providers.get(repository.gitProviderId)}
                index={index}
                start={top}
                height={rowHeight}
                active={index === (focused ?? first)}
                cloneMenu={cloneMenu?.repositoryId === repository.id ? cloneMenu : undefined}
                onCloneMenu={setCloneMenu}
              />
            );
          })}
        </div>
      </RowTimesContext>
      {hint}
    </div>
  );
}

/** The rows in sight, and the one that has the focus: it must not go because somebody scrolls. */
function withIndex(range: Range, index: number | undefined): number[] {
  const indexes = defaultRangeExtractor(range);
  if (index === undefined || index >= range.count || indexes.includes(index)) return indexes;
  return [...indexes, index].sort((one, other) => one - other);
}
