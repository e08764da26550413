import { describe, expect, it } from '@jest/globals';
import { json, problem, refusalOf } from './answers.fixture.js';
import type { UnauthenticatedOutcome } from './transport.js';
import { Transport } from './transport.js';

interface Sent {
  readonly method: string;
  readonly url: string;
  readonly body: string;
}

/** A server that knows whether somebody is signed in, and a person who may sign in when asked. */
class World {
  signedIn = false;
  readonly sent: Sent[] = [];
  /** The codes of the refusals about which somebody was asked. */
  readonly questions: string[] = [];
  #answer: ((outcome: UnauthenticatedOutcome) => void) | undefined;
  readonly asked = new Signal();

  readonly transport = new Transport({
    fetch: (request) => this.#serve(request),
    now: () => 0,
    onUnauthenticated: ({ code }) => {
      this.questions.push(code);
      this.asked.happen();
      return new Promise((resolve) => (this.#answer = resolve));
    },
  });

  answer(outcome: UnauthenticatedOutcome): void {
    this.signedIn = outcome === 'retry';
    this.#answer?.(outcome);
  }

  async #serve(request: Request): Promise<Response> {
    const { signedIn } = this;
    this.sent.push({ method: request.method, url: request.url, body: await request.text() });
    return signedIn ? json({ ok: true }) : problem(401, 'not_signed_in');
  }
}

class Signal {
  #happen: () => void = () => undefined;
  readonly promise = new Promise<void>((resolve) => (this.#happen = resolve));
  happen(): void {
    this.#happen();
  }
}

const get = (path: string, signal: AbortSignal | null = null): Request =>
  new Request(`https://anyforge.example/api/v1${path}`, { signal });
const patch = (path: string, body: object): Request =>
  new Request(`https://anyforge.example/api/v1${path}`, { method: 'PATCH', body: JSON.stringify(body) });

describe('a request that nobody is signed in for', () => {
  it('is sent again, with its body, after somebody has signed in', async () => {
    const world = new World();
    const response = world.transport.send(patch('/account', { displayName: 'Ada' }));
    await world.asked.promise;
    world.answer('retry');
    expect(await (await response).json()).toEqual({ ok: true });
    const change = {
      method: 'PATCH',
      url: 'https://anyforge.example/api/v1/account',
      body: '{"displayName":"Ada"}',
    };
    expect(world.sent).toEqual([change, change]);
    expect(world.questions).toEqual(['not_signed_in']);
  });

  it('shares one question with all others', async () => {
    const world = new World();
    const paths = ['/git-providers', '/repositories', '/syncs', '/account'];
    const responses = paths.map((path) => world.transport.send(get(path)));
    await world.asked.promise;
    world.answer('retry');
    expect((await Promise.all(responses)).map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    expect(world.questions).toHaveLength(1);
  });

  it('asks nobody when it is refused only after the question it would have asked was answered', async () => {
    const late = new Signal();
    const world = new World();
    const transport = new Transport({
      fetch: async (request) => {
        if (request.url.endsWith('/slow') && !world.signedIn) {
          await late.promise;
          return problem(401, 'not_signed_in');
        }
        return world.signedIn ? json({}) : problem(401, 'not_signed_in');
      },
      now: () => 0,
      onUnauthenticated: async ({ code }) => {
        world.questions.push(code);
        world.signedIn = true;
        return 'retry';
      },
    });
    const slow = transport.send(get('/slow'));
    await transport.send(get('/syncs'));
    late.happen();
    expect((await slow).status).toBe(200);
    expect(world.questions).toHaveLength(1);
  });

  it('fails when nobody signs in, and so do all that wait', async () => {
    const world = new World();
    const refusals = ['/syncs', '/account'].map((path) => refusalOf(world.transport.send(get(path))));
    await world.asked.promise;
    world.answer('give-up');
    expect(await Promise.all(refusals)).toMatchObject([
      { name: 'ApiError', code: 'not_signed_in' },
      { name: 'ApiError', code: 'not_signed_in' },
    ]);
    expect(world.sent).toHaveLength(2);
  });

  it('asks again after nobody signed in the last time', async () => {
    const world = new World();
    const first = refusalOf(world.transport.send(get('/syncs')));
    await world.asked.promise;
    world.answer('give-up');
    await first;
    const again = refusalOf(world.transport.send(get('/syncs')));
    while (world.questions.length < 2) await Promise.resolve();
    world.answer('give-up');
    await again;
    expect(world.questions).toHaveLength(2);
  });

  it('is sent again once, not for ever', async () => {
    const sent: string[] = [];
    const transport = new Transport({
      fetch: async ({ url }) => {
        sent.push(url);
        return problem(401, 'not_signed_in');
      },
      now: () => 0,
      onUnauthenticated: async () => 'retry',
    });
    expect(await refusalOf(transport.send(get('/syncs')))).toMatchObject({ code: 'not_signed_in' });
    expect(sent).toHaveLength(2);
  });

  it('can be aborted while somebody is asked, without ending the wait of others', async () => {
    const world = new World();
    const controller = new AbortController();
    const aborted = refusalOf(world.transport.send(get('/syncs', controller.signal)));
    const other = world.transport.send(get('/account'));
    await world.asked.promise;
    controller.abort(new Error('left the screen'));
    expect(await aborted).toMatchObject({ message: 'left the screen' });
    world.answer('retry');
    expect((await other).status).toBe(200);
  });

  it('asks nobody when it was aborted before it was refused', async () => {
    const controller = new AbortController();
    const questions: string[] = [];
    const transport = new Transport({
      fetch: async () => {
        controller.abort(new Error('left the screen'));
        return problem(401, 'not_signed_in');
      },
      now: () => 0,
      onUnauthenticated: async ({ code }) => {
        questions.push(code);
        return 'retry';
      },
    });
    const refusal = refusalOf(transport.send(get('/syncs', controller.signal)));
    expect(await refusal).toMatchObject({ message: 'left the screen' });
    expect(questions).toEqual([]);
  });

  it('fails with what went wrong while asking', async () => {
    const transport = new Transport({
      fetch: async () => problem(401, 'not_signed_in'),
      now: () => 0,
      onUnauthenticated: async () => {
        throw new Error('the dialog broke');
      },
    });
    expect(await refusalOf(transport.send(get('/syncs')))).toMatchObject({ message: 'the dialog broke' });
  });

  it('fails at once when there is nobody to ask', async () => {
    const transport = new Transport({ fetch: async () => problem(401, 'not_signed_in'), now: () => 0 });
    expect(await refusalOf(transport.send(get('/syncs')))).toMatchObject({ status: 401 });
  });
});

describe('a request that was for somebody else than is signed in', () => {
  /** Refuses with these, one after another. */
  function refusing(codes: readonly (readonly [number, string])[]) {
    const left = [...codes];
    const sent: string[] = [];
    const told: string[] = [];
    const transport = new Transport({
      fetch: async ({ method }) => {
        sent.push(method);
        const [status, code] = left.shift() ?? [409, 'other_person'];
        return problem(status, code);
      },
      now: () => 0,
      onUnauthenticated: async () => 'retry',
      onOtherPerson: ({ code }) => told.push(code),
    });
    return { transport, sent, told };
  }

  it('is told, fails, and is never sent again', async () => {
    const { transport, sent, told } = refusing([[409, 'other_person']]);
    expect(await refusalOf(transport.send(patch('/account', {})))).toMatchObject({ code: 'other_person' });
    expect({ sent, told }).toEqual({ sent: ['PATCH'], told: ['other_person'] });
  });

  it('is told as well where it turns out so after somebody has signed in again', async () => {
    const { transport, sent, told } = refusing([[401, 'not_signed_in']]);
    expect(await refusalOf(transport.send(patch('/account', {})))).toMatchObject({ code: 'other_person' });
    expect({ sent, told }).toEqual({ sent: ['PATCH', 'PATCH'], told: ['other_person'] });
  });

  it('is told of no other refusal', async () => {
    const { transport, told } = refusing([[409, 'duplicate_name']]);
    expect(await refusalOf(transport.send(get('/syncs')))).toMatchObject({ code: 'duplicate_name' });
    expect(told).toEqual([]);
  });
});

describe('a request that is refused otherwise', () => {
  it('asks nobody to sign in when a password was wrong', async () => {
    const questions: string[] = [];
    const transport = new Transport({
      fetch: async () => problem(401, 'wrong_credentials'),
      now: () => 0,
      onUnauthenticated: async ({ code }) => {
        questions.push(code);
        return 'retry';
      },
    });
    expect(await refusalOf(transport.send(get('/session')))).toMatchObject({ code: 'wrong_credentials' });
    expect(questions).toEqual([]);
  });

  it('is told apart from one that never arrived', async () => {
    const cause = new TypeError('fetch failed');
    const transport = new Transport({ fetch: () => Promise.reject(cause), now: () => 0 });
    expect(await refusalOf(transport.send(get('/syncs')))).toMatchObject({ name: 'ApiUnreachable', cause });
  });

  it('is told apart from one that the caller aborted', async () => {
    const transport = new Transport({ fetch: (request) => fetch(request), now: () => 0 });
    const signal = AbortSignal.abort(new Error('typed on'));
    expect(await refusalOf(transport.send(get('/syncs', signal)))).toMatchObject({ message: 'typed on' });
  });
});
