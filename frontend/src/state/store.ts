import type { Account, Book, MonitorMessage, Order, Replay, Signal, Tick, Trade } from '../api/types';
import { type Change, type Dashboard, emptyDashboard, ListLimit, reduce } from './dashboard';
import { HealthHistory } from './health';
import { bookedLine, ChartHistory, seconds } from './history';
import { isOf, runOf } from './runs';

/** Shortest time between two redraws. Ten to twelve a second look live and leave the machine alone. */
const RedrawMs = 80;

/** Draws at most once a frame; where the tab is hidden no frame comes, so a timer keeps the queue short. */
export type Schedule = (draw: () => void) => void;

export function frameSchedule(draw: () => void): void {
  if (document.hidden) {
    setTimeout(draw, 500);
  } else {
    requestAnimationFrame(draw);
  }
}

/**
 * Holds the dashboard and takes the monitor's messages. Messages are queued and applied together, once a frame; of the
 * ticks and books only the newest per symbol is kept, and each kind of row is cut at what a list can show. So no rate upstream can
 * make the page do more work per frame than it can bear.
 */
export class DashboardStore {
  readonly history = new ChartHistory();
  readonly health = new HealthHistory();
  private state: Dashboard = emptyDashboard;
  private queue: Change[] = [];
  private ticks = new Map<string, Tick>();
  private books = new Map<string, Book>();
  private scheduled = false;
  private drawnAt = Number.NEGATIVE_INFINITY;
  private run: string | null = null;
  /** Told when another run is shown than before, and its rows are still to come. */
  onOtherRun: () => void = () => undefined;
  private readonly listeners = new Set<() => void>();

  constructor(
    private readonly schedule: Schedule = frameSchedule,
    private readonly now: () => number = () => performance.now(),
  ) {}

  getState = (): Dashboard => this.state;

  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  /** The run that is shown: empty for the live one; null while that is not known. */
  get shownRun(): string | null {
    return this.run;
  }

  receive(message: Change): void {
    if (!isOf(message, this.run)) {
      return;
    }

    const before = this.run;
    this.record(message);
    if (message.type === 'tick') {
      this.ticks.set(message.data.symbol, message.data);
    } else if (message.type === 'book') {
      this.books.set(message.data.symbol, message.data);
    } else {
      this.queue.push(message);
      if (this.queue.length > 8 * ListLimit) {
        this.apply(); // hidden tab or a stall: the reducer's lists are bounded, the queue becomes so here
      }
    }

    this.request();
    if (message.type !== 'snapshot' && before !== null && before !== this.run) {
      this.onOtherRun();
    }
  }

  /** Older rows of a run from REST; fills the tables below the snapshot's rows and draws the past of what was booked. */
  addHistory(run: string | null, signals: Signal[], orders: Order[], trades: Trade[]): void {
    if (run !== this.run) {
      return; // another run is shown by now
    }

    this.apply();
    if (this.state.account) {
      this.history.equity.prepend(bookedLine(this.state.account, trades));
    }

    this.receive({ type: 'history', data: { signals, orders, trades } });
  }

  /** Charts' data is recorded at once and in place, outside the immutable state. */
  private record(message: Change): void {
    switch (message.type) {
      case 'tick':
        this.history.tick(message.data);
        break;
      case 'snapshot':
        this.enterRun(message.data.status.account);
        this.recordReplay(message.data.status.replay);
        this.health.status(message.data.status, Date.now() / 1000);
        this.recordAccount(message.data.status.account);
        break;
      case 'status':
        this.enterRun(message.data.account);
        this.recordReplay(message.data.replay);
        this.health.status(message.data, Date.now() / 1000);
        this.recordAccount(message.data.account);
        break;
      case 'replay':
        this.recordReplay(message.data);
        this.health.replay(message.data, Date.now() / 1000);
        break;
      case 'account':
        this.enterRun(message.data);
        this.recordAccount(message.data);
        break;
      case 'fill':
        this.history.advance(seconds(message.data.timestamp));
        break;
      default:
        break;
    }
  }

  private enterRun(account: Account | null): void {
    if (!account) {
      return; // a run that is over stays on the charts until another one is shown
    }

    const run = runOf(account);
    if (this.run !== null && this.run !== run) {
      this.history.clear();
      this.ticks.clear();
      this.books.clear();
    }

    this.run = run;
  }

  private recordReplay(replay: Replay | null): void {
    if (replay?.event_time && (replay.run === this.run || this.run === null)) {
      this.history.advance(seconds(replay.event_time));
    }
  }

  private recordAccount(account: Account | null): void {
    if (account) {
      this.history.account(account, Date.now() / 1000);
    }
  }

  private request(): void {
    if (!this.scheduled) {
      this.scheduled = true;
      this.schedule(this.draw);
    }
  }

  private draw = (): void => {
    this.scheduled = false;
    if (this.now() - this.drawnAt < RedrawMs) {
      this.request();
      return;
    }

    this.drawnAt = this.now();
    this.apply();
    this.listeners.forEach((listener) => listener());
  };

  private apply(): void {
    const ticks: MonitorMessage[] = [...this.ticks.values()].map((data) => ({ type: 'tick', data }));
    const books: MonitorMessage[] = [...this.books.values()].map((data) => ({ type: 'book', data }));
    this.state = [...this.queue, ...ticks, ...books].reduce(reduce, this.state);
    this.queue = [];
    this.ticks.clear();
    this.books.clear();
  }
}
