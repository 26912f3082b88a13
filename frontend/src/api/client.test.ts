import { afterEach, expect, it, vi } from 'vitest';
import { ApiClient, signIn } from './client';

function answers(status: number, body: unknown) {
  const fetching = vi.fn((_path: string, _init?: RequestInit) =>
    Promise.resolve(new Response(typeof body === 'string' ? body : JSON.stringify(body), { status })));
  vi.stubGlobal('fetch', fetching);
  return fetching;
}

afterEach(() => vi.unstubAllGlobals());

it('sends the token', async () => {
  const fetching = answers(200, { items: [], next: null });
  await new ApiClient('secret', () => undefined).trades(10, 'ticks a&b');
  expect(fetching.mock.calls[0]?.[0]).toBe('/api/v1/trades?limit=10&run=ticks+a%26b');
  expect(fetching.mock.calls[0]?.[1]?.headers).toMatchObject({ authorization: 'Bearer secret' });
});

it('reports 401 once, so that the page returns to the sign-in', async () => {
  answers(401, {});
  const unauthorized = vi.fn();
  await expect(new ApiClient('old', unauthorized).status()).rejects.toThrow('sign in again');
  expect(unauthorized).toHaveBeenCalledTimes(1);
});

it("repeats the gateway's own words", async () => {
  answers(400, { type: 'urn:aitrader:backend:reason-missing', title: 'Bad request', detail: 'A reason is needed.' });
  await expect(new ApiClient('t', () => undefined).setTradingState('HALTED', '')).rejects.toThrow('A reason is needed.');
});

it('has words of its own where a proxy answers for a dead backend', async () => {
  answers(502, '<html>bad gateway</html>');
  await expect(signIn('x')).rejects.toThrow('may still be starting');
});

it('says so when nothing answers', async () => {
  vi.stubGlobal('fetch', () => Promise.reject(new TypeError('failed')));
  await expect(signIn('x')).rejects.toMatchObject({ status: 0, message: 'The backend cannot be reached. Is AITrader running?' });
});

it('steers replays and asks for books', async () => {
  const fetching = vi.fn((_path: string, _init?: RequestInit) => Promise.resolve(new Response(null, { status: 202 })));
  vi.stubGlobal('fetch', fetching);
  const client = new ApiClient('t', () => undefined);
  await client.startReplay({ paths: ['a', 'b'], speed: 'max', loop: true });
  await client.pauseReplay();
  await client.resumeReplay();
  await client.stopReplay();
  await client.seekReplay({ time: '2024-08-08T23:55:00.000Z' });
  await client.setReplaySpeed(0.5);
  await client.book('NSE:INFY');
  const calls = fetching.mock.calls.map(([path, init]) => `${init?.method ?? 'GET'} ${path} ${init?.body ?? ''}`.trim());
  expect(calls).toEqual([
    'POST /api/v1/replay {"paths":["a","b"],"speed":"max","loop":true}',
    'POST /api/v1/replay/pause {}',
    'POST /api/v1/replay/resume {}',
    'POST /api/v1/replay/stop {}',
    'POST /api/v1/replay/seek {"time":"2024-08-08T23:55:00.000Z"}',
    'POST /api/v1/replay/speed {"speed":0.5}',
    'GET /api/v1/books/NSE%3AINFY',
  ]);
});
