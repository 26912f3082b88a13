import { useCallback, useEffect, useMemo, useReducer, useRef, useState } from 'react';
import type { ApiClient } from '../api/client';
import type { Bar, CandleSeries, Interval } from '../state/candles';
import type { Dashboard } from '../state/dashboard';
import type { DashboardStore } from '../state/store';

/** What is stored is asked for this often while ticks come, and less often where an answer takes long: at most a quarter of the time. */
const EveryMs = 1_000;
const LoadShare = 3;
/** So many times without a tick, and nothing is asked until one comes: what was on its way to the store is there by then. */
const QuietTimes = 5;

export interface CandleView {
  /** Null while it is not known of what. */
  series: CandleSeries | null;
  bars: readonly Bar[];
  /** Whether the first answer is still to come. */
  loading: boolean;
  /** Why there is no answer; what is shown are the ticks that the page has seen. */
  problem: string | null;
  loadOlder: () => void;
}

interface Props {
  client: Pick<ApiClient, 'candles'>;
  store: DashboardStore;
  state: Dashboard;
  symbol: string | null;
  interval: Interval;
  /** Whether the monitor is connected: when it comes back, what was missed is asked for. */
  live: boolean;
  /** Whether one answer is enough. */
  once: boolean;
}

/** The recording that the charts show, which is that of the account; null while that is not known. */
export function shownRun(state: Pick<Dashboard, 'status' | 'run'>): { run: string | undefined } | null {
  return state.status === null ? null : { run: state.run ?? undefined };
}

/** Candles of the selected symbol: the stored past first, then the monitor's ticks on top, and again and again what the store says of those. */
export function useCandles({ client, store, state, symbol, interval, live, once }: Props): CandleView {
  const [, redraw] = useReducer((count: number) => count + 1, 0);
  const [problem, setProblem] = useState<string | null>(null);
  const known = shownRun(state) !== null;
  const run = shownRun(state)?.run;
  const series = useMemo(
    () => (symbol && known ? store.history.candlesOf({ symbol, interval, run }) : null), [store, symbol, interval, known, run],
  );

  useEffect(() => {
    setProblem(null);
    if (!series || !live) {
      return;
    }

    return follow(series, client, once, (failure) => {
      setProblem(failure);
      redraw();
    });
  }, [client, series, live, once]);

  const busy = useRef<CandleSeries | null>(null);
  const loadOlder = useCallback(() => {
    const asked = series?.older();
    if (series && asked && busy.current !== series) {
      busy.current = series;
      client.candles(asked).then((answer) => series.take(answer, asked), () => undefined).finally(() => {
        busy.current = null;
        redraw();
      });
    }
  }, [client, series]);

  return { series, bars: series?.bars() ?? [], loading: series?.previous === undefined && problem === null, problem, loadOlder };
}

/** Asks until it is told to end; `told` hears after each answer what went wrong, null for nothing. */
function follow(series: CandleSeries, client: Pick<ApiClient, 'candles'>, once: boolean, told: (problem: string | null) => void): () => void {
  const abort = new AbortController();
  let timer: ReturnType<typeof setTimeout>;
  let [seen, quiet, failed] = [series.arrived, 0, false];

  const ask = async (): Promise<void> => {
    const [asked, began] = [series.next(), performance.now()];
    try {
      const answer = await client.candles(asked, abort.signal);
      series.take(answer, asked);
      failed = false;
      told(null);
    } catch (failure) {
      if (abort.signal.aborted) {
        return;
      }

      failed = true;
      told(failure instanceof Error ? failure.message : 'The stored candles could not be loaded.');
    }

    if (!abort.signal.aborted && (failed || !once)) {
      wait(Math.max(EveryMs, LoadShare * (performance.now() - began)));
    }
  };
  const wait = (ms: number): void => {
    timer = setTimeout(() => {
      quiet = series.arrived === seen ? quiet + 1 : 0;
      seen = series.arrived;
      const idle = document.hidden || (quiet > QuietTimes && !failed);
      void (idle ? wait(EveryMs) : ask());
    }, ms);
  };
  void ask();
  return () => {
    abort.abort();
    clearTimeout(timer);
  };
}
