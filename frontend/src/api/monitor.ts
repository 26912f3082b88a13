import type { MonitorMessage } from './types';

export type Connection =
  | { state: 'connecting' }
  | { state: 'open' }
  | { state: 'waiting'; retryInMs: number; why: string };

export interface MonitorEvents {
  message: (message: MonitorMessage) => void;
  connection: (connection: Connection) => void;
  /**
   * Called before each attempt after a failed one: a browser hides the HTTP status of a refused upgrade, so an ordinary
   * call has to find out whether the token is still good. Rejects when the backend does not answer.
   */
  probe: () => Promise<unknown>;
}

const FirstRetryMs = 500;
const LongestRetryMs = 10_000;
const SlowClient = 1013;

/** Delay before attempt n (0 = first retry): doubles up to ten seconds, spread by a quarter so that pages do not return in step. */
export function retryDelay(attempt: number, random: number = Math.random()): number {
  const base = Math.min(LongestRetryMs, FirstRetryMs * 2 ** attempt);
  return Math.round(base * (0.75 + random * 0.5));
}

export function monitorUrl(location: Location = window.location): string {
  return `${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/api/ws/monitor`;
}

/** The live feed: reconnects by itself until closed; the gateway opens each connection with a fresh snapshot. */
export class Monitor {
  private socket: WebSocket | null = null;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private attempt = 0;
  private closed = false;

  constructor(
    private readonly token: string,
    private readonly events: MonitorEvents,
  ) {}

  open(): void {
    if (this.closed) {
      return;
    }

    this.events.connection({ state: 'connecting' });
    const socket = new WebSocket(monitorUrl(), ['aitrader.v1', `bearer.${this.token}`]);
    this.socket = socket;
    socket.onopen = () => this.events.connection({ state: 'open' });
    socket.onmessage = (event) => this.receive(event.data);
    socket.onclose = (event) => this.retry(event.code === SlowClient ? 'this page could not keep up' : 'connection lost');
  }

  close(): void {
    this.closed = true;
    clearTimeout(this.timer);
    if (this.socket) {
      this.leave(this.socket);
    }
  }

  /** Asks for a new snapshot: the gateway opens each connection with one. Where none is open, the next one brings it. */
  refresh(): void {
    if (this.closed || !this.socket) {
      return;
    }

    this.leave(this.socket);
    this.open();
  }

  private leave(socket: WebSocket): void {
    socket.onopen = null;
    socket.onclose = null;
    socket.onmessage = null;
    socket.close();
    this.socket = null;
  }

  private receive(data: unknown): void {
    let message: MonitorMessage;
    try {
      message = JSON.parse(String(data)) as MonitorMessage;
    } catch {
      return; // not ours: a proxy's text, say
    }

    // Only a snapshot proves that the connection is of use: a gateway that accepts and drops must not be hammered.
    if (message.type === 'snapshot') {
      this.attempt = 0;
    }

    this.events.message(message);
  }

  private retry(why: string): void {
    if (this.closed) {
      return;
    }

    this.socket = null;
    const delay = retryDelay(this.attempt++);
    this.events.connection({ state: 'waiting', retryInMs: delay, why });
    this.timer = setTimeout(() => void this.reopen(), delay);
  }

  private async reopen(): Promise<void> {
    try {
      await this.events.probe();
    } catch (error) {
      this.retry(error instanceof Error ? error.message : 'the backend does not answer');
      return;
    }

    this.open();
  }
}
