import { useCallback, useEffect, useMemo, useState, useSyncExternalStore } from 'react';
import { ApiClient } from '../api/client';
import { type Connection, Monitor } from '../api/monitor';
import type { SignIn } from '../api/types';
import type { Dashboard } from '../state/dashboard';
import { runName } from '../state/runs';
import { DashboardStore } from '../state/store';

const StatusEveryMs = 5_000;
const HistoryRows = 500;

export interface Live {
  state: Dashboard;
  store: DashboardStore;
  client: ApiClient;
  connection: Connection;
}

async function loadHistory(client: ApiClient, store: DashboardStore): Promise<void> {
  const run = store.shownRun;
  const name = runName(run ?? '');
  const [signals, orders, trades] = await Promise.all([
    client.signals(HistoryRows, name), client.orders(HistoryRows, name), client.trades(HistoryRows, name),
  ]);
  store.addHistory(run, signals.items, orders.items, trades.items);
}

/**
 * Connects the page for as long as it is shown: the monitor, what happened before, and, every five seconds, the services' health and the books:
 * the monitor tells of those while ticks come, but a slow stage may book long after the last one.
 */
export function useLive(session: SignIn, onLeave: (why: string | null) => void): Live {
  const store = useMemo(() => new DashboardStore(), []);
  const state = useSyncExternalStore(store.subscribe, store.getState);
  const [connection, setConnection] = useState<Connection>({ state: 'connecting' });
  const expired = useCallback(() => onLeave('Your session has ended. Please sign in again.'), [onLeave]);
  const client = useMemo(() => new ApiClient(session.token, expired), [session.token, expired]);

  useEffect(() => {
    const monitor = new Monitor(session.token, {
      connection: setConnection,
      probe: client.status,
      message: (message) => {
        store.receive(message);
        if (message.type === 'snapshot') {
          // The snapshot's rows already show; without the older ones the page is merely shorter.
          loadHistory(client, store).catch(() => undefined);
        }
      },
    });
    store.onOtherRun = () => monitor.refresh();
    // Not at once: in development React mounts, unmounts and mounts again, which would open and drop a connection.
    const start = setTimeout(() => monitor.open());
    return () => {
      clearTimeout(start);
      monitor.close();
    };
  }, [client, session.token, store]);

  useEffect(() => {
    // A failed poll needs no words of its own: the connection's state already says that the backend is away.
    const poll = () => {
      client.status().then((data) => store.receive({ type: 'status', data }), () => undefined);
      const run = store.shownRun;
      if (run !== null) {
        client.positions(runName(run)).then(
          (page) => run === store.shownRun && store.receive({ type: 'positions', data: page.items }), () => undefined,
        );
      }
    };
    const timer = setInterval(poll, StatusEveryMs);
    return () => clearInterval(timer);
  }, [client, store]);

  return { state, store, client, connection };
}
