import {
  createSeriesMarkers, type IChartApi, type ISeriesApi, type ISeriesMarkersPluginApi, LineSeries, LineStyle, LineType, type Time,
} from 'lightweight-charts';
import { useEffect, useRef, useState } from 'react';
import type { Dashboard } from '../state/dashboard';
import type { PricePoint } from '../state/history';
import type { DashboardStore } from '../state/store';
import { colour, type Theme } from '../theme';
import { price } from '../format';
import { Card } from './Card';
import { markersOf } from './markers';
import { useChart } from './useChart';
import { type Drawn, drawLine } from './drawLine';

interface Props {
  store: DashboardStore;
  state: Dashboard;
  symbols: readonly string[];
  symbol: string | null;
  onPick: (symbol: string) => void;
  theme: Theme;
}

interface Lines {
  price: ISeriesApi<'Line'>;
  bid: ISeriesApi<'Line'>;
  ask: ISeriesApi<'Line'>;
  markers: ISeriesMarkersPluginApi<Time>;
}

function addLines(chart: IChartApi): Lines {
  const quote = { lineWidth: 1, lineStyle: LineStyle.Dotted, lineType: LineType.WithSteps, priceLineVisible: false, lastValueVisible: false, crosshairMarkerVisible: false } as const;
  const ask = chart.addSeries(LineSeries, quote);
  const bid = chart.addSeries(LineSeries, quote);
  const line = chart.addSeries(LineSeries, { lineWidth: 2 });
  return { price: line, bid, ask, markers: createSeriesMarkers(line, []) };
}

export function PriceChart({ store, state, symbols, symbol, onPick, theme }: Props) {
  const { box, chart } = useChart(theme, true);
  const lines = useRef<Lines | null>(null);
  const drawn = useRef<Drawn>({ epoch: -1, count: 0 });
  const [shows, setShows] = useState({ signals: true, fills: true });
  const decimals = symbol ? (state.quotes[symbol]?.decimals ?? 2) : 2;

  const [fits, setFits] = useState(true);

  useEffect(() => {
    lines.current = chart ? addLines(chart) : null;
  }, [chart]);

  // Another chart or symbol: everything is drawn anew.
  useEffect(() => {
    drawn.current = { epoch: -1, count: 0 };
  }, [chart, symbol]);

  useEffect(() => {
    const format = { priceFormat: { type: 'price', precision: decimals, minMove: 10 ** -decimals } } as const;
    lines.current?.price.applyOptions({ color: colour('accent'), ...format });
    lines.current?.bid.applyOptions({ color: colour('up'), ...format });
    lines.current?.ask.applyOptions({ color: colour('down'), ...format });
  }, [chart, theme, decimals]);

  useEffect(() => {
    if (lines.current && symbol) {
      drawPrices(lines.current, store.history.price(symbol).points, store.history.price(symbol).epoch, drawn.current);
      if (fits) {
        chart?.timeScale().fitContent();
      }
    }
  }, [store, state, chart, symbol, fits]);

  useEffect(() => {
    if (symbol) {
      lines.current?.markers.setMarkers(
        markersOf(symbol, shows.signals ? state.signals : [], shows.fills ? state.fills : [], store.history.price(symbol).points),
      );
    }
  }, [store, state.signals, state.fills, symbol, shows, chart, theme]);

  const quote = symbol ? state.quotes[symbol] : undefined;
  return (
    <Card title="Price" className="area-price" actions={
      <div className="chart-tools">
        <Toggle name="Signals" on={shows.signals} onToggle={() => setShows({ ...shows, signals: !shows.signals })} />
        <Toggle name="Fills" on={shows.fills} onToggle={() => setShows({ ...shows, fills: !shows.fills })} />
        <Toggle name="Whole run" on={fits} onToggle={() => setFits(!fits)} />
        <label className="visually-hidden" htmlFor="symbol">Symbol</label>
        <select id="symbol" value={symbol ?? ''} onChange={(event) => onPick(event.target.value)} data-testid="symbol-picker" disabled={symbols.length === 0}>
          {symbols.length === 0 && <option value="">no symbols yet</option>}
          {symbols.map((name) => <option key={name}>{name}</option>)}
        </select>
      </div>
    }>
      <div className="chart" ref={box} role="img" data-testid="price-chart"
        onWheel={() => setFits(false)} onPointerDown={() => setFits(false)}
        aria-label={quote ? `Price of ${quote.symbol}, last ${price(quote.price, decimals)}` : 'Price chart, no data yet'} />
    </Card>
  );
}

function drawPrices(lines: Lines, points: readonly PricePoint[], epoch: number, drawn: Drawn): void {
  const before = { ...drawn };
  drawLine(lines.bid, points, epoch, { ...before }, (point) => point.bid);
  drawLine(lines.ask, points, epoch, { ...before }, (point) => point.ask);
  drawLine(lines.price, points, epoch, drawn, (point) => point.price);
}

function Toggle({ name, on, onToggle }: { name: string; on: boolean; onToggle: () => void }) {
  return <button type="button" className="toggle" aria-pressed={on} onClick={onToggle}>{name}</button>;
}
