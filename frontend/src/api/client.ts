import type { Job, JobStatus, Model, ModelCard, ServingRunner } from './models';
import type { Book, Candles, CandlesWanted, Decision, Order, Page, Position, ReplayStart, SignIn, Signal, Status, Trade } from './types';

/** A refused or failed call, worded for the person in front of the page. */
export class ApiError extends Error {
  constructor(
    message: string,
    /** HTTP status; 0 where no answer came. */
    readonly status: number,
  ) {
    super(message);
    this.name = 'ApiError';
  }
}

interface Problem {
  title?: string;
  detail?: string;
}

function plainWords(status: number, problem: Problem): string {
  if (problem.detail ?? problem.title) {
    return (problem.detail ?? problem.title) as string;
  }

  switch (status) {
    case 401:
      return 'Your session has ended. Please sign in again.';
    case 403:
      return 'Your role does not allow this.';
    case 404:
      return 'This is not known here (any more).';
    case 429:
      return 'Too many requests. Please wait a moment and try again.';
    case 502:
    case 503:
    case 504:
      return 'The backend cannot be reached. It may still be starting.';
    default:
      return `The backend answered with an error (${status}).`;
  }
}

async function request<T>(path: string, init: RequestInit): Promise<T> {
  let response: Response;
  try {
    response = await fetch(path, init);
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') {
      throw error;
    }

    throw new ApiError('The backend cannot be reached. Is AITrader running?', 0);
  }

  if (!response.ok) {
    const problem = (await response.json().catch(() => ({}))) as Problem;
    throw new ApiError(plainWords(response.status, problem), response.status);
  }

  const text = await response.text();
  return (text ? JSON.parse(text) : undefined) as T; // some calls are answered with nothing but their status
}

/** Exchanges the one-time code of the sign-in link for a token. */
export function signIn(code: string): Promise<SignIn> {
  return request<SignIn>('/api/auth/sign-in', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ code }),
  });
}

const rows = (limit: number, run: string): string => new URLSearchParams({ limit: String(limit), run }).toString();

/** The gateway's REST endpoints for one signed-in user. */
export class ApiClient {
  constructor(
    private readonly token: string,
    private readonly onUnauthorized: () => void,
  ) {}

  status = (): Promise<Status> => this.send('/api/status');

  signals = (limit: number, run: string): Promise<Page<Signal>> => this.send(`/api/signals?${rows(limit, run)}`);

  orders = (limit: number, run: string): Promise<Page<Order>> => this.send(`/api/v1/orders?${rows(limit, run)}`);

  trades = (limit: number, run: string): Promise<Page<Trade>> => this.send(`/api/v1/trades?${rows(limit, run)}`);

  positions = (run: string): Promise<Page<Position>> => this.send(`/api/v1/positions?${new URLSearchParams({ run }).toString()}`);

  decision = (id: string, signal?: AbortSignal): Promise<Decision> =>
    this.send(`/api/v1/decisions/${encodeURIComponent(id)}`, signal ? { signal } : {});

  setTradingState = (state: 'ACTIVE' | 'HALTED', reason: string): Promise<unknown> => this.post('/api/v1/trading-state', { state, reason });

  book = (symbol: string, signal?: AbortSignal): Promise<Book> =>
    this.send(`/api/v1/books/${encodeURIComponent(symbol)}`, signal ? { signal } : {});

  candles = (wanted: CandlesWanted, signal?: AbortSignal): Promise<Candles> => {
    const query = new URLSearchParams(Object.entries(wanted).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]])));
    return this.send(`/api/v1/candles?${query.toString()}`, signal ? { signal } : {});
  };

  startReplay = (what: ReplayStart): Promise<unknown> => this.post('/api/v1/replay', what);

  pauseReplay = (): Promise<unknown> => this.post('/api/v1/replay/pause', {});

  resumeReplay = (): Promise<unknown> => this.post('/api/v1/replay/resume', {});

  stopReplay = (): Promise<unknown> => this.post('/api/v1/replay/stop', {});

  seekReplay = (to: { time: string } | { fraction: number }): Promise<unknown> => this.post('/api/v1/replay/seek', to);

  setReplayLoop = (loop: boolean): Promise<unknown> => this.post('/api/v1/replay/loop', { loop });

  setReplaySpeed = (speed: number | 'max'): Promise<unknown> => this.post('/api/v1/replay/speed', { speed });

  models = (signal: AbortSignal): Promise<{ items: Model[] }> => this.send('/api/v1/models', { signal });

  modelCard = (model: string, version: number, signal: AbortSignal): Promise<ModelCard> =>
    this.send(`/api/v1/models/${encodeURIComponent(model)}/versions/${version}`, { signal });

  modelServing = (model: string, signal: AbortSignal): Promise<{ runners: ServingRunner[] }> =>
    this.send(`/api/v1/models/${encodeURIComponent(model)}/serving`, { signal });

  /** Asks for a promotion; the same key asks once, however often it is sent. */
  promote = (model: string, version: number, anyway: boolean, key: string): Promise<Job> =>
    this.send(`/api/v1/models/${encodeURIComponent(model)}/promotions`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'idempotency-key': key },
      body: JSON.stringify({ version, anyway }),
    });

  jobs = (status: JobStatus | null, before: string | null, signal: AbortSignal): Promise<Page<Job>> => {
    const query = new URLSearchParams({ limit: '50', ...(status ? { status } : {}), ...(before ? { before } : {}) });
    return this.send(`/api/v1/jobs?${query.toString()}`, { signal });
  };

  job = (id: string, signal: AbortSignal): Promise<Job> => this.send(`/api/v1/jobs/${encodeURIComponent(id)}`, { signal });

  cancelJob = (id: string): Promise<Job> => this.send(`/api/v1/jobs/${encodeURIComponent(id)}/cancel`, { method: 'POST' });

  private post(path: string, body: object): Promise<unknown> {
    return this.send(path, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
  }

  private async send<T>(path: string, init: RequestInit = {}): Promise<T> {
    try {
      return await request<T>(path, {
        ...init,
        headers: { ...init.headers, authorization: `Bearer ${this.token}` },
      });
    } catch (error) {
      if (error instanceof ApiError && error.status === 401) {
        this.onUnauthorized();
      }

      throw error;
    }
  }
}

/** A key for a request that is to be taken once: a random UUID, also where the page is not served securely and crypto.randomUUID is missing. */
export function newKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6]! & 0x0f) | 0x40;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
