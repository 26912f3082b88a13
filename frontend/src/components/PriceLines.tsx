import {
  createSeriesMarkers, type IChartApi, type ISeriesApi, type ISeriesMarkersPluginApi, LineSeries, LineStyle, LineType, type Time,
} from 'lightweight-charts';
import { useEffect, useRef } from 'react';
import type { Dashboard } from '../state/dashboard';
import type { PricePoint } from '../state/history';
import type { DashboardStore } from '../state/store';
import { colour, type Theme } from '../theme';
import { price } from '../format';
import { markersOf } from './markers';
import type { CandleView } from './useCandles';
import { useChart, useFit } from './useChart';
import { type Drawn, drawLine } from './drawLine';

/** What both drawings of prices show. */
export interface PriceView {
  store: DashboardStore;
  state: Dashboard;
  symbol: string | null;
  theme: Theme;
  decimals: number;
  /** Whether all there is is kept in sight. */
  fits: boolean;
  shows: { signals: boolean; fills: boolean };
  /** The reader has moved the chart by hand. */
  onMove: () => void;
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

/** Every tick that reached the page as a line between bid and ask; before those, the closes of each second. */
export function PriceLines({ store, state, symbol, theme, decimals, fits, shows, onMove, past }: PriceView & { past: CandleView }) {
  const { box, chart } = useChart(theme, true);
  useFit(chart, fits);
  const lines = useRef<Lines | null>(null);
  const drawn = useRef<Drawn>({ epoch: -1, count: 0 });

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
    if (symbol && !past.loading) {
      store.history.price(symbol).prepend(past.bars.map(({ time, close }) => ({ time, price: close, bid: null, ask: null })));
    }
  }, [store, symbol, past.loading, past.series]);

  useEffect(() => {
    if (lines.current && symbol) {
      drawPrices(lines.current, store.history.price(symbol).points, store.history.price(symbol).epoch, drawn.current);
      if (fits) {
        chart?.timeScale().fitContent();
      }
    }
  }, [store, state, chart, symbol, fits, past.loading]);

  useEffect(() => {
    if (symbol) {
      lines.current?.markers.setMarkers(
        markersOf(symbol, shows.signals ? state.signals : [], shows.fills ? state.fills : [], store.history.price(symbol).points),
      );
    }
  }, [store, state.signals, state.fills, symbol, shows, chart, theme]);

  const quote = symbol ? state.quotes[symbol] : undefined;
  return (
    <div className="chart" ref={box} role="img" data-testid="price-chart" onWheel={onMove} onPointerDown={onMove}
      aria-label={quote ? `Price of ${quote.symbol}, last ${price(quote.price, decimals)}` : 'Price chart, no data yet'} />
  );
}

function drawPrices(lines: Lines, points: readonly PricePoint[], epoch: number, drawn: Drawn): void {
  const before = { ...drawn };
  drawLine(lines.bid, points, epoch, { ...before }, (point) => point.bid);
  drawLine(lines.ask, points, epoch, { ...before }, (point) => point.ask);
  drawLine(lines.price, points, epoch, drawn, (point) => point.price);
}
