/** A form on a page, filled in by somebody who reads its words and knows nothing of its names. */
export class PageForm {
  readonly #form: Tag;
  readonly #tags: readonly Tag[];
  readonly #typed = new Map<string, string>();
  #ticked: readonly string[] | undefined;

  /**
   * @param address of the page
   * @throws Error when the page has no form
   */
  constructor(
    page: string,
    readonly address: string,
  ) {
    const [, attributes, content] = /<form\b([^>]*)>(.*?)<\/form>/s.exec(page) ?? [];
    if (attributes === undefined || content === undefined) throw new Error(`${address} shows no form`);
    this.#form = { name: 'form', attributes: attributesOf(attributes), words: '' };
    this.#tags = tagsOf(content);
  }

  /** Types into the field with this label, or chooses there. @throws Error for a label that the form does not have */
  type(label: string, value: string): void {
    const { attributes } = this.#find('label', label);
    const field = this.#tags.find((tag) => isField(tag) && tag.attributes['id'] === attributes['for']);
    const name = field?.attributes['name'];
    if (name === undefined) throw new Error(`${this.address} has no field for '${label}'`);
    this.#typed.set(name, value);
  }

  /** Leaves those boxes ticked that are for one of these, and no others. */
  tick(values: readonly string[]): void {
    this.#ticked = values;
  }

  /** Presses a button, as a browser does. @throws Error for a button that the form does not have */
  press(button: string): Promise<Response> {
    const sent = new URLSearchParams([...this.#typed]);
    for (const { name, attributes } of this.#tags) {
      const { type, name: field, value = '' } = attributes;
      const isTicked = type === 'checkbox' && (this.#ticked?.includes(value) ?? 'checked' in attributes);
      if (name === 'input' && field !== undefined && (type === 'hidden' || isTicked))
        sent.append(field, value);
    }
    const { name, value = '' } = this.#find('button', button).attributes;
    if (name !== undefined) sent.append(name, value);
    const { method, action } = this.#form.attributes;
    const target = new URL(action ?? '', this.address);
    if (method === 'post') return fetch(target, { method: 'POST', redirect: 'manual', body: sent });
    target.search = sent.toString();
    return fetch(target, { redirect: 'manual' });
  }

  #find(name: string, words: string): Tag {
    const found = this.#tags.find((tag) => tag.name === name && tag.words === words);
    if (found === undefined) throw new Error(`${this.address} has no ${name} '${words}'`);
    return found;
  }
}

interface Tag {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  /** What follows it, up to the next tag. */
  readonly words: string;
}

function tagsOf(content: string): Tag[] {
  return [...content.matchAll(/<(\w+)([^>]*)>([^<]*)/g)].map(
    ([, name = '', attributes = '', words = '']) => ({
      name,
      attributes: attributesOf(attributes),
      words: unescape(words).trim(),
    }),
  );
}

function attributesOf(text: string): Record<string, string> {
  return Object.fromEntries(
    [...text.matchAll(/([\w-]+)(?:="([^"]*)")?/g)].map(([, name = '', value = '']) => [
      name,
      unescape(value),
    ]),
  );
}

function isField({ name }: Tag): boolean {
  return name === 'input' || name === 'select';
}

const characters: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"' };

function unescape(text: string): string {
  return text.replaceAll(/&(\w+);/g, (entity, name: string) => characters[name] ?? entity);
}
