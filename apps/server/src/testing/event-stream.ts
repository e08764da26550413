/** An event as it arrived. */
export interface SeenEvent {
  readonly name: string;
  readonly id?: string | undefined;
  /** JSON. */
  readonly data: string;
}

/** The events of a stream that has ended. */
export function readEvents(text: string): readonly SeenEvent[] {
  return text.split('\n\n').flatMap(readBlock);
}

/** The blocks of a stream, each as soon as it has arrived: events, and comments and hints, which are none. */
export async function* blocksOf(body: ReadableStream<Uint8Array>): AsyncGenerator<string, void, undefined> {
  let rest = '';
  const decoder = new TextDecoder();
  for await (const chunk of body) {
    const blocks = (rest + decoder.decode(chunk, { stream: true })).split('\n\n');
    rest = blocks.pop() ?? '';
    yield* blocks;
  }
}

/** None where a block is a comment or a hint alone. */
export function readBlock(block: string): readonly SeenEvent[] {
  const fields = new Map(
    block.split('\n').flatMap((line) => {
      const [, name, value] = /^(\w+): (.*)$/.exec(line) ?? [];
      return name === undefined || value === undefined ? [] : [[name, value] as const];
    }),
  );
  const data = fields.get('data');
  if (data === undefined) return [];
  return [{ name: fields.get('event') ?? 'message', id: fields.get('id'), data }];
}
