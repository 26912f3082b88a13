import { useCallback, useMemo, useState } from 'react';
import type { SignIn } from '../api/types';
import { AccountBar } from './AccountBar';
import { BookPanel } from './BookPanel';
import { ConnectionNotice } from './ConnectionNotice';
import { DecisionPanel } from './DecisionPanel';
import { EquityChart } from './EquityChart';
import { FillAnnouncer } from './FillAnnouncer';
import { FillsTable } from './FillsTable';
import { Header } from './Header';
import { HealthPanel } from './HealthPanel';
import { JobsPage } from './JobsPage';
import { MarketTable } from './MarketTable';
import { ModelsPage } from './ModelsPage';
import { OrdersTable } from './OrdersTable';
import { PositionsTable } from './PositionsTable';
import { PriceChart } from './PriceChart';
import { ReplayBar } from './ReplayBar';
import { ServicesStrip } from './ServicesStrip';
import { SignalsTable } from './SignalsTable';
import { type BookShelf, useBook } from './useBook';
import { useLive } from './useLive';
import { usePlace } from '../state/pages';
import { isActive } from '../state/replay';
import { loadTheme, saveTheme, type Theme } from '../theme';

interface Props {
  session: SignIn;
  onLeave: (why: string | null) => void;
}

export function DashboardPage({ session, onLeave }: Props) {
  const { state, store, client, connection } = useLive(session, onLeave);
  // Whichever page is shown, the connection stays open and the dashboard's state goes on.
  const place = usePlace();
  const [theme, setTheme] = useState<Theme>(loadTheme);
  const [picked, setPicked] = useState<string | null>(null);
  const [decisionId, setDecisionId] = useState<string | null>(null);

  const toggleTheme = useCallback(() => {
    setTheme((current) => {
      const next = current === 'dark' ? 'light' : 'dark';
      saveTheme(next);
      return next;
    });
  }, []);
  const closeDecision = useCallback(() => setDecisionId(null), []);

  const symbols = symbolsOf(state);
  const symbol = picked && symbols.includes(picked) ? picked : (symbols[0] ?? null);
  const shelf = useMemo<BookShelf>(() => ({
    current: (name) => store.getState().books[name],
    found: (book) => store.receive({ type: 'book', data: book }),
  }), [store]);
  const bookProblem = useBook(client, symbol, state.run, connection.state === 'open', shelf);
  // A replay that is over is no news in a live market.
  const replay = state.status?.mode === 'live' && !isActive(state.replay) ? null : state.replay;
  const decimals = (name: string): number => state.quotes[name]?.decimals ?? 2;

  return (
    <div className={place.page === 'overview' ? 'page' : 'page long'}>
      <a className="skip" href="#main">Skip to the tables</a>
      <Header
        connection={connection} status={state.status} run={state.account?.run ?? null} user={session.user} place={place}
        theme={theme} onToggleTheme={toggleTheme} onSignOut={() => onLeave(null)}
      />
      <ConnectionNotice connection={connection} ready={state.ready} replay={state.replay} />
      {place.page === 'models' && <ModelsPage client={client} role={session.user.role} model={place.model} version={place.version} />}
      {place.page === 'jobs' && <JobsPage client={client} role={session.user.role} />}
      {place.page === 'overview' && (
        <>
          <AccountBar account={state.account} counts={state.status?.counts ?? null} client={client} role={session.user.role} />
          <ReplayBar replay={replay} client={client} role={session.user.role} />
          <main id="main" className="grid">
            <PriceChart
              client={client} live={connection.state === 'open'} store={store} state={state} symbols={symbols} symbol={symbol} onPick={setPicked} theme={theme}
            />
            <EquityChart store={store} state={state} theme={theme} />
            <MarketTable quotes={state.quotes} symbols={symbols} selected={symbol} onPick={setPicked} />
            <BookPanel symbol={symbol} book={symbol ? state.books[symbol] : undefined} problem={bookProblem} decimals={symbol ? decimals(symbol) : 2} />
            <PositionsTable positions={state.positions} decimals={decimals} />
            <SignalsTable signals={state.signals} total={state.status?.counts?.signals} decimals={decimals} onExplain={setDecisionId} />
            <OrdersTable orders={state.orders} total={state.status?.counts?.orders} decimals={decimals} onExplain={setDecisionId} />
            <HealthPanel readings={store.health.readings} />
            <FillsTable fills={state.fills} total={state.status?.counts?.fills} decimals={decimals} />
          </main>
          <ServicesStrip status={state.status} />
        </>
      )}
      {decisionId && <DecisionPanel key={decisionId} id={decisionId} client={client} onClose={closeDecision} />}
      <FillAnnouncer key={state.run ?? 'none'} fills={state.fills} />
    </div>
  );
}

/** All symbols that the page has heard of, in a steady order. */
function symbolsOf(state: { quotes: Readonly<Record<string, unknown>>; books: Readonly<Record<string, unknown>>; positions: readonly { symbol: string }[]; signals: readonly { symbol: string }[] }): string[] {
  const names = new Set([...Object.keys(state.quotes), ...Object.keys(state.books)]);
  state.positions.forEach((position) => names.add(position.symbol));
  state.signals.forEach((signal) => names.add(signal.symbol));
  return [...names].sort((a, b) => a.localeCompare(b, 'en'));
}
