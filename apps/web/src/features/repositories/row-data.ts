interface PassingEvent {
  readonly target: EventTarget;
  readonly currentTarget: Element;
}

/**
 * What the element that an event is about, or one around it, carries as `data-…`. Undefined also for what has opened over
 * the list: it is no part of a row, though its events come by.
 */
export function dataOf(
  { target, currentTarget }: PassingEvent,
  name: 'clone' | 'index' | 'repository',
): string | undefined {
  if (!(target instanceof Element) || !currentTarget.contains(target)) return undefined;
  return target.closest<HTMLElement>(`[data-${name}]`)?.dataset[name];
}

/** The row that an event is about; undefined within what a row has opened, where keys mean something else. */
export function rowOf(event: PassingEvent): number | undefined {
  if (event.target instanceof Element && event.target.closest('[role="group"]') !== null) return undefined;
  const index = dataOf(event, 'index');
  return index === undefined ? undefined : Number(index);
}
