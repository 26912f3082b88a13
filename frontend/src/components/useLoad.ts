import { useCallback, useEffect, useState } from 'react';

/** What is being loaded: nothing yet, something, or why not. What was there stays while it is loaded again. */
export interface Loading<T> {
  value: T | null;
  error: string | null;
  reload: () => void;
}

/**
 * Loads something now, again whenever `load` is another function, on request, and every so often while `everyMs` is given.
 * Whatever comes late, of a place that was left, is dropped.
 */
export function useLoad<T>(load: (signal: AbortSignal) => Promise<T>, everyMs?: number): Loading<T> {
  const [state, setState] = useState<{ of: unknown; value: T | null; error: string | null }>({ of: load, value: null, error: null });
  const [round, setRound] = useState(0);
  const reload = useCallback(() => setRound((before) => before + 1), []);

  useEffect(() => {
    const abort = new AbortController();
    load(abort.signal).then(
      (value) => abort.signal.aborted || setState({ of: load, value, error: null }),
      (failure: unknown) => {
        if (!abort.signal.aborted) {
          const error = failure instanceof Error ? failure.message : 'That did not work.';
          setState((before) => ({ of: load, value: before.of === load ? before.value : null, error }));
        }
      },
    );
    return () => abort.abort();
  }, [load, round]);

  useEffect(() => {
    if (everyMs === undefined) {
      return undefined;
    }

    const timer = setInterval(reload, everyMs);
    return () => clearInterval(timer);
  }, [everyMs, reload]);

  // Of what was asked before: it would be shown under another name.
  return state.of === load ? { value: state.value, error: state.error, reload } : { value: null, error: null, reload };
}
