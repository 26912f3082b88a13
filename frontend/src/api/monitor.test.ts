import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { snapshot } from '../testing/samples';
import { type Connection, Monitor, retryDelay } from './monitor';

class FakeSocket {
  static made: FakeSocket[] = [];
  onopen: (() => void) | null = null;
  onmessage: ((event: { data: string }) => void) | null = null;
  onclose: ((event: { code: number }) => void) | null = null;
  close = vi.fn();

  constructor(readonly url: string, readonly protocols: string[]) {
    FakeSocket.made.push(this);
  }
}

const last = (): FakeSocket => FakeSocket.made.at(-1) as FakeSocket;

beforeEach(() => {
  FakeSocket.made = [];
  vi.useFakeTimers();
  vi.stubGlobal('WebSocket', FakeSocket);
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

function opened(probe: () => Promise<unknown> = () => Promise.resolve()) {
  const states: Connection[] = [];
  const message = vi.fn();
  const monitor = new Monitor('token', { message, connection: (state) => states.push(state), probe });
  monitor.open();
  return { monitor, states, message };
}

it('opens with the protocol and the token as subprotocols', () => {
  opened();
  expect(last().url).toMatch(/^ws:\/\/.*\/api\/ws\/monitor$/);
  expect(last().protocols).toEqual(['aitrader.v1', 'bearer.token']);
});

it('hands messages on and survives what is not JSON', () => {
  const { message } = opened();
  last().onmessage?.({ data: '<html>' });
  last().onmessage?.({ data: '{"type":"positions","data":[]}' });
  expect(message.mock.calls).toEqual([[{ type: 'positions', data: [] }]]);
});

it('reconnects after a loss, first asking whether the token is still good', async () => {
  const probe = vi.fn(() => Promise.resolve());
  const { states } = opened(probe);
  last().onopen?.();
  last().onclose?.({ code: 1006 });
  expect(states.at(-1)).toMatchObject({ state: 'waiting' });
  await vi.advanceTimersByTimeAsync(700);
  expect(probe).toHaveBeenCalledTimes(1);
  expect(FakeSocket.made).toHaveLength(2);
});

it('does not open while the backend is away, and says why', async () => {
  const { states } = opened(() => Promise.reject(new Error('The backend cannot be reached.')));
  last().onclose?.({ code: 1006 });
  await vi.advanceTimersByTimeAsync(700);
  expect(FakeSocket.made).toHaveLength(1);
  expect(states.at(-1)).toMatchObject({ state: 'waiting', why: 'The backend cannot be reached.' });
});

it('backs off until a snapshot proves the connection', async () => {
  const { states } = opened();
  const wait = (): number => (states.at(-1) as { retryInMs: number }).retryInMs;
  for (let n = 0; n < 5; n++) {
    last().onclose?.({ code: 1006 });
    await vi.advanceTimersByTimeAsync(wait());
  }

  last().onclose?.({ code: 1013 });
  expect(wait()).toBeGreaterThan(5_000);
  await vi.advanceTimersByTimeAsync(wait());
  last().onmessage?.({ data: JSON.stringify({ type: 'snapshot', data: snapshot() }) });
  last().onclose?.({ code: 1006 });
  expect(wait()).toBeLessThan(700);
});

it('stays closed once closed', async () => {
  const { monitor } = opened();
  const socket = last();
  monitor.close();
  expect(socket.close).toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(FakeSocket.made).toHaveLength(1);
});

it('takes a new snapshot on a new connection, and without one waits for the next', async () => {
  const { monitor, states } = opened();
  const first = last();
  monitor.refresh();
  expect(first.close).toHaveBeenCalled();
  expect([first.onmessage, first.onclose, first.onopen]).toEqual([null, null, null]);
  expect(FakeSocket.made).toHaveLength(2);

  last().onclose?.({ code: 1006 });
  monitor.refresh();
  expect(FakeSocket.made).toHaveLength(2);
  expect(states.at(-1)).toMatchObject({ state: 'waiting' });
  await vi.advanceTimersByTimeAsync(700);
  expect(FakeSocket.made).toHaveLength(3);
  monitor.close();
  monitor.refresh();
  expect(FakeSocket.made).toHaveLength(3);
});

it('never waits longer than ten seconds and a quarter', () => {
  expect(retryDelay(50, 1)).toBe(12_500);
  expect(retryDelay(0, 0.5)).toBe(500);
});
