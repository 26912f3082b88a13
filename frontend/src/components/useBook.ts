import { useEffect, useState } from 'react';
import { type ApiClient, ApiError } from '../api/client';
import type { Book } from '../api/types';

/** What has been heard of books, and where a newly found one goes. */
export interface BookShelf {
  current: (symbol: string) => Book | undefined;
  found: (book: Book) => void;
}

/**
 * Asks for the book of a symbol when the symbol is chosen, the monitor has come back or another run has begun; afterwards the monitor keeps it up to
 * date. Says why there is none, null where that is not known.
 */
export function useBook(client: Pick<ApiClient, 'book'>, symbol: string | null, run: string | null, live: boolean, shelf: BookShelf): string | null {
  const [problem, setProblem] = useState<string | null>(null);

  useEffect(() => {
    setProblem(null);
    if (!symbol || !live) {
      return;
    }

    const abort = new AbortController();
    const before = shelf.current(symbol);
    client.book(symbol, abort.signal).then(
      (book) => {
        // What the monitor brought meanwhile is newer.
        if (!abort.signal.aborted && shelf.current(symbol) === before) {
          shelf.found(book);
        }
      },
      (failure: unknown) => {
        if (!abort.signal.aborted) {
          setProblem(problemOf(failure, symbol));
        }
      },
    );
    return () => abort.abort();
  }, [client, symbol, run, live, shelf]);

  return problem;
}

function problemOf(failure: unknown, symbol: string): string {
  if (failure instanceof ApiError && failure.status === 404) {
    return `No order book of ${symbol} has come in the last minute.`;
  }

  return failure instanceof Error ? failure.message : 'The order book could not be loaded.';
}
