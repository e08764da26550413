import { afterEach, describe, expect, it } from '@jest/globals';
import { createServer } from 'node:http';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { PageForm } from './page-form.js';

const servers: (() => Promise<unknown>)[] = [];
afterEach(() => Promise.all(servers.splice(0).map((close) => close())));

/** A server that answers with what it was asked: `POST /path?a=1 body`. */
async function startEcho(): Promise<string> {
  const server = createServer((request, response) => {
    void text(request).then((body) => response.end(`${request.method ?? ''} ${request.url ?? ''} ${body}`));
  });
  servers.push(() => {
    const closed = once(server, 'close');
    server.close();
    return closed;
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  return typeof address === 'object' ? `http://127.0.0.1:${address?.port ?? 0}` : '';
}

const page = (method: string): string => `<p>Above</p><form method="${method}" action="/to?a=1&amp;b=&quot;">
<label for="who">Your name</label> <select id="who" name="person" required><option value="eve">eve</option></select>
<input type="checkbox" name="box" value="one" checked> <input type="checkbox" name="box" value="two" checked>
<input type="checkbox" name="box" value="three"> <input type="hidden" name="kept" value="&lt;">
<button type="submit" name="yes" value="1">Yes</button><button type="submit">No</button></form>`;

describe('the form of a page', () => {
  it('is sent where it says, with what is in it and the button that was pressed', async () => {
    const origin = await startEcho();
    const form = new PageForm(page('post'), `${origin}/from`);
    form.type('Your name', 'ada');
    const sent = await form.press('Yes');
    expect(await sent.text()).toBe('POST /to?a=1&b=%22 person=ada&box=one&box=two&kept=%3C&yes=1');
  });

  it('has only those boxes ticked that somebody ticks, and nothing of a button without a name', async () => {
    const form = new PageForm(page('post'), `${await startEcho()}/from`);
    form.tick(['three']);
    expect(await (await form.press('No')).text()).toBe('POST /to?a=1&b=%22 box=three&kept=%3C');
  });

  it('takes the place of the query where its method is get', async () => {
    const form = new PageForm(page('get'), `${await startEcho()}/from`);
    expect(await (await form.press('No')).text()).toBe('GET /to?box=one&box=two&kept=%3C ');
  });

  it('cannot be filled in where it is not there, or lacks what is named', () => {
    expect(() => new PageForm('<p>Sorry</p>', '/from')).toThrow('/from shows no form');
    const form = new PageForm(page('post'), '/from');
    expect(() => {
      form.type('Age', '7');
    }).toThrow("no label 'Age'");
    expect(() => form.press('Maybe')).toThrow("no button 'Maybe'");
  });
});
