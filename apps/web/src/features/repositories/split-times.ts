/** As the server writes times into its sentences. */
const time = /\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?Z/g;

/** A sentence of the server in pieces: its words, and the times between them. */
export function splitTimes(sentence: string): readonly (string | Date)[] {
  const pieces: (string | Date)[] = [];
  let end = 0;
  for (const match of sentence.matchAll(time)) {
    pieces.push(sentence.slice(end, match.index), new Date(match[0]));
    end = match.index + match[0].length;
  }
  return [...pieces, sentence.slice(end)].filter((piece) => piece !== '');
}
