import {
  CandlestickSeries, createSeriesMarkers, type ISeriesApi, type ISeriesMarkersPluginApi, type Time, type UTCTimestamp,
} from 'lightweight-charts';
import { useEffect, useMemo, useRef } from 'react';
import { price } from '../format';
import { aggregate, type Interval } from '../state/bars';
import { colour } from '../theme';
import { type Drawn, drawNew } from './drawLine';
import { candleMarkersOf } from './markers';
import type { PriceView } from './PriceLines';
import { useChart } from './useChart';

interface Drawing {
  candles: ISeriesApi<'Candlestick'>;
  markers: ISeriesMarkersPluginApi<Time>;
}

/** Bars of event time, with signals and fills at their prices. */
export function CandleChart({ store, state, symbol, theme, decimals, fits, shows, onMove, interval }: PriceView & { interval: Interval }) {
  const { box, chart } = useChart(theme, true);
  const drawing = useRef<Drawing | null>(null);
  const drawn = useRef<Drawn>({ epoch: -1, count: 0 });
  const series = symbol ? store.history.bars(symbol) : null;
  // The store's bars change in place; its state is another one after each redraw.
  const bars = useMemo(() => aggregate(series?.bars ?? [], interval), [series, interval, state]);

  useEffect(() => {
    const candles = chart?.addSeries(CandlestickSeries, {});
    drawing.current = candles ? { candles, markers: createSeriesMarkers(candles, []) } : null;
  }, [chart]);

  useEffect(() => {
    drawn.current = { epoch: -1, count: 0 };
  }, [chart, symbol, interval]);

  useEffect(() => {
    const [up, down] = [colour('up'), colour('down')];
    drawing.current?.candles.applyOptions({
      upColor: up, borderUpColor: up, wickUpColor: up, downColor: down, borderDownColor: down, wickDownColor: down,
      priceFormat: { type: 'price', precision: decimals, minMove: 10 ** -decimals },
    });
  }, [chart, theme, decimals]);

  useEffect(() => {
    if (drawing.current && series) {
      drawNew(drawing.current.candles, bars, series.epoch, drawn.current, ({ time, open, high, low, close }) => ({ time: time as UTCTimestamp, open, high, low, close }));
      drawing.current.markers.setMarkers(
        candleMarkersOf(symbol ?? '', shows.signals ? state.signals : [], shows.fills ? state.fills : [], bars, interval),
      );
      if (fits) {
        chart?.timeScale().fitContent();
      }
    }
  }, [bars, series, chart, symbol, interval, fits, shows, state.signals, state.fills, theme]);

  const last = bars.at(-1);
  return (
    <>
      {!last && <p className="empty" data-testid="no-bars">Bars begin with the first tick that reaches this page.</p>}
      <div className="chart" ref={box} role="img" data-testid="candle-chart" data-bars={bars.length} onWheel={onMove} onPointerDown={onMove}
        aria-label={last
          ? `Candles of ${symbol}, ${interval} seconds each, ${bars.length} bars; the last one opened at ${price(last.open, decimals)} and is at ${price(last.close, decimals)}. The numbers are in the table.`
          : 'Candles, no ticks yet'} />
    </>
  );
}
