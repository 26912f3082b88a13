import { useId, useState } from 'react';
import type { ApiClient } from '../api/client';
import type { Dashboard } from '../state/dashboard';
import { type Interval, Intervals, intervalWords } from '../state/candles';
import { type ChartChoice, loadChoice, saveChoice } from '../state/choice';
import type { DashboardStore } from '../state/store';
import type { Theme } from '../theme';
import { BarTable } from './BarTable';
import { CandleChart } from './CandleChart';
import { Card } from './Card';
import { PriceLines } from './PriceLines';
import { useCandles } from './useCandles';

interface Props {
  client: Pick<ApiClient, 'candles'>;
  store: DashboardStore;
  state: Dashboard;
  /** Whether the monitor is connected. */
  live: boolean;
  symbols: readonly string[];
  symbol: string | null;
  onPick: (symbol: string) => void;
  theme: Theme;
}

/** The price of the selected symbol with its signals and fills, as a line, as candles, or as a table of the candles' numbers. */
export function PriceChart({ client, store, state, live, symbols, symbol, onPick, theme }: Props) {
  const [choice, setChoice] = useState(loadChoice);
  const [table, setTable] = useState(false);
  const [fits, setFits] = useState(true);
  const { view: form, signals, fills } = choice;
  const interval = form === 'line' ? 1 : form;
  const view = useCandles({ client, store, state, symbol, interval, live, once: form === 'line' });
  const decimals = symbol ? (state.quotes[symbol]?.decimals ?? 2) : 2;
  const shown = { store, state, symbol, theme, decimals, fits, shows: choice, onMove: () => setFits(false) };
  const choose = (part: Partial<ChartChoice>) => setChoice((before) => saveChoice({ ...before, ...part }));

  return (
    <Card title="Price" className="area-price" actions={
      <div className="chart-tools">
        <Marks choice={choice} choose={choose} />
        <Toggle name="Whole run" on={fits} title="Keep everything that is loaded in sight" onToggle={() => setFits(!fits)} />
        {form !== 'line' && <Toggle name="Table" on={table} title="The numbers of the candles" onToggle={() => setTable(!table)} testId="bar-table-toggle" />}
        <Pickers choice={choice} choose={choose} symbols={symbols} symbol={symbol} onPick={onPick} />
      </div>
    }>
      {form === 'line' ? (
        <PriceLines {...shown} past={view} />
      ) : table ? (
        <BarTable view={view} interval={interval} symbol={symbol} decimals={decimals} signals={signals ? state.signals : []} fills={fills ? state.fills : []} />
      ) : (
        <CandleChart {...shown} interval={interval} view={view} overlays={choice.overlays} />
      )}
    </Card>
  );
}

interface PartProps {
  choice: ChartChoice;
  choose: (part: Partial<ChartChoice>) => void;
}

/** What is drawn over the prices. */
function Marks({ choice, choose }: PartProps) {
  const { overlays } = choice;
  const lines = [['EMA', 'ema', 'Exponential averages of 20 and 80 closes'], ['VWAP', 'vwap', 'Average price of what was traded since midnight UTC, or since the first candle loaded'],
    ['Bands', 'bands', 'Bollinger: mean of 20 closes and two standard deviations around it']] as const;
  return (
    <>
      {choice.view !== 'line' && lines.map(([name, key, title]) => (
        <Toggle key={key} name={name} title={title} on={overlays[key]} onToggle={() => choose({ overlays: { ...overlays, [key]: !overlays[key] } })} />
      ))}
      <Toggle name="Signals" title="Arrows that point where a signal does" on={choice.signals} onToggle={() => choose({ signals: !choice.signals })} />
      <Toggle name="Fills" title="Squares at the price of a fill" on={choice.fills} onToggle={() => choose({ fills: !choice.fills })} />
    </>
  );
}

function Toggle({ name, on, title, onToggle, testId }: { name: string; on: boolean; title: string; onToggle: () => void; testId?: string }) {
  return <button type="button" className="toggle" aria-pressed={on} title={title} onClick={onToggle} data-testid={testId}>{name}</button>;
}

function Pickers({ choice, choose, symbols, symbol, onPick }: PartProps & { symbols: readonly string[]; symbol: string | null; onPick: (symbol: string) => void }) {
  const id = useId();
  return (
    <>
      <label className="visually-hidden" htmlFor={`${id}view`}>Chart</label>
      <select id={`${id}view`} value={choice.view} data-testid="chart-view"
        onChange={(event) => choose({ view: event.target.value === 'line' ? 'line' : (Number(event.target.value) as Interval) })}>
        <option value="line">Line</option>
        {Intervals.map((each) => <option key={each} value={each}>Candles {intervalWords(each)}</option>)}
      </select>
      <label className="visually-hidden" htmlFor={`${id}symbol`}>Symbol</label>
      <select id={`${id}symbol`} value={symbol ?? ''} onChange={(event) => onPick(event.target.value)} data-testid="symbol-picker" disabled={symbols.length === 0}>
        {symbols.length === 0 && <option value="">no symbols yet</option>}
        {symbols.map((name) => <option key={name}>{name}</option>)}
      </select>
    </>
  );
}
