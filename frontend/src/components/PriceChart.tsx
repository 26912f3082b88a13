import { useId, useState } from 'react';
import type { Dashboard } from '../state/dashboard';
import { aggregate, type Interval, Intervals } from '../state/bars';
import type { DashboardStore } from '../state/store';
import type { Theme } from '../theme';
import { BarTable } from './BarTable';
import { CandleChart } from './CandleChart';
import { Card } from './Card';
import { PriceLines } from './PriceLines';

interface Props {
  store: DashboardStore;
  state: Dashboard;
  symbols: readonly string[];
  symbol: string | null;
  onPick: (symbol: string) => void;
  theme: Theme;
}

/** How prices are drawn: every tick as a line, or bars of so many seconds. */
type View = 'line' | Interval;

const viewWords = (view: View): string => (view === 'line' ? 'Line' : `Candles ${view === 60 ? '1 m' : `${view} s`}`);

/** The price of the selected symbol with its signals and fills, as a line, as candles, or as a table of the candles' numbers. */
export function PriceChart({ store, state, symbols, symbol, onPick, theme }: Props) {
  const [view, setView] = useState<View>('line');
  const [table, setTable] = useState(false);
  const [shows, setShows] = useState({ signals: true, fills: true });
  const [fits, setFits] = useState(true);
  const decimals = symbol ? (state.quotes[symbol]?.decimals ?? 2) : 2;
  const shown = { store, state, symbol, theme, decimals, fits, shows, onMove: () => setFits(false) };

  return (
    <Card title="Price" className="area-price" actions={
      <div className="chart-tools">
        {view !== 'line' && <Toggle name="Table" on={table} onToggle={() => setTable(!table)} testId="bar-table-toggle" />}
        <Toggle name="Signals" on={shows.signals} onToggle={() => setShows({ ...shows, signals: !shows.signals })} />
        <Toggle name="Fills" on={shows.fills} onToggle={() => setShows({ ...shows, fills: !shows.fills })} />
        <Toggle name="Whole run" on={fits} onToggle={() => setFits(!fits)} />
        <Pickers view={view} onView={setView} symbols={symbols} symbol={symbol} onPick={onPick} />
      </div>
    }>
      {view === 'line' ? (
        <PriceLines {...shown} />
      ) : table ? (
        <BarTable bars={symbol ? aggregate(store.history.bars(symbol).bars, view) : []} interval={view} symbol={symbol} decimals={decimals}
          signals={shows.signals ? state.signals : []} />
      ) : (
        <CandleChart {...shown} interval={view} />
      )}
    </Card>
  );
}

function Toggle({ name, on, onToggle, testId }: { name: string; on: boolean; onToggle: () => void; testId?: string }) {
  return <button type="button" className="toggle" aria-pressed={on} onClick={onToggle} data-testid={testId}>{name}</button>;
}

function Pickers({ view, onView, symbols, symbol, onPick }: {
  view: View; onView: (view: View) => void; symbols: readonly string[]; symbol: string | null; onPick: (symbol: string) => void;
}) {
  const id = useId();
  return (
    <>
      <label className="visually-hidden" htmlFor={`${id}view`}>Chart</label>
      <select id={`${id}view`} value={view} data-testid="chart-view"
        onChange={(event) => onView(event.target.value === 'line' ? 'line' : (Number(event.target.value) as Interval))}>
        {(['line', ...Intervals] as const).map((each) => <option key={each} value={each}>{viewWords(each)}</option>)}
      </select>
      <label className="visually-hidden" htmlFor={`${id}symbol`}>Symbol</label>
      <select id={`${id}symbol`} value={symbol ?? ''} onChange={(event) => onPick(event.target.value)} data-testid="symbol-picker" disabled={symbols.length === 0}>
        {symbols.length === 0 && <option value="">no symbols yet</option>}
        {symbols.map((name) => <option key={name}>{name}</option>)}
      </select>
    </>
  );
}
