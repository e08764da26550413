/** One event of a stream. */
export interface StreamEvent {
  /** `message` unless the server named it. */
  readonly name: string;
  readonly data: string;
  /** The last that the stream told, with this event or before. */
  readonly id: string | undefined;
  /** The last that the stream asked to wait before it is opened again. */
  readonly retryMs: number | undefined;
}

/**
 * The events in the lines of a `text/event-stream`. One that the end of the stream cuts is none.
 *
 * @see https://html.spec.whatwg.org/multipage/server-sent-events.html#event-stream-interpretation
 */
export async function* eventsOf(lines: AsyncIterable<string>): AsyncGenerator<StreamEvent, void, undefined> {
  let name = '';
  let data: string[] = [];
  let id: string | undefined;
  let retryMs: number | undefined;
  for await (const line of lines) {
    if (line === '') {
      if (data.length > 0) yield { name: name === '' ? 'message' : name, data: data.join('\n'), id, retryMs };
      name = '';
      data = [];
      continue;
    }
    const { field, value } = readField(line);
    if (field === 'event') name = value;
    if (field === 'data') data.push(value);
    if (field === 'id' && !value.includes('\0')) id = value;
    if (field === 'retry' && /^\d+$/.test(value)) retryMs = Number(value);
  }
}

/** A comment has no field's name. */
function readField(line: string): { readonly field: string; readonly value: string } {
  const colon = line.indexOf(':');
  if (colon === -1) return { field: line, value: '' };
  return { field: line.slice(0, colon), value: line.slice(colon + 1).replace(/^ /, '') };
}
