import {
  CandlestickSeries, createSeriesMarkers, HistogramSeries, type IChartApi, type ISeriesApi, type ISeriesMarkersPluginApi, LineSeries, LineStyle,
  type MouseEventParams, type SeriesType, type Time, type UTCTimestamp,
} from 'lightweight-charts';
import { type KeyboardEvent, useEffect, useMemo, useRef, useState } from 'react';
import { price } from '../format';
import { type Bar, type Interval, intervalWords, startOf } from '../state/candles';
import { seconds } from '../state/history';
import { bollinger, ema, type Values, vwap } from '../state/overlays';
import { colour } from '../theme';
import { ChartLegend, type LegendLine } from './ChartLegend';
import { drawRows } from './drawLine';
import { candleMarkersOf } from './markers';
import type { PriceView } from './PriceLines';
import type { CandleView } from './useCandles';
import { useChart, useFit } from './useChart';

/** What may be drawn over candles. */
export interface Overlays {
  ema: boolean;
  vwap: boolean;
  bands: boolean;
}

const [Fast, Slow, Window, Width] = [20, 80, 20, 2];

interface Overlay extends LegendLine {
  dashed: boolean;
  values: Values;
}

/** The chosen lines with a value a candle. */
function overlaysOf(bars: readonly Bar[], shown: Overlays): Overlay[] {
  const closes = bars.map((bar) => bar.close);
  const line = (name: string, key: string, values: Values, dashed = false): Overlay => ({ name, key, values, dashed });
  const { upper, middle, lower } = shown.bands ? bollinger(closes, Window, Width) : { upper: [], middle: [], lower: [] };
  return [
    ...(shown.ema ? [line(`EMA ${Fast}`, 'line-1', ema(closes, Fast)), line(`EMA ${Slow}`, 'line-2', ema(closes, Slow))] : []),
    ...(shown.vwap ? [line('VWAP of the day', 'line-3', vwap(bars))] : []),
    ...(shown.bands ? [line('Upper band', 'line-4', upper), line(`Mean ${Window}`, 'line-4', middle, true), line('Lower band', 'line-4', lower)] : []),
  ];
}

type Rows<S extends SeriesType> = readonly Parameters<ISeriesApi<S>['update']>[0][];

/** A series of the chart and what is drawn in it. */
interface Layer<S extends SeriesType> {
  series: ISeriesApi<S>;
  drawn: Rows<S>;
}

interface Drawing {
  candles: Layer<'Candlestick'>;
  volume: Layer<'Histogram'>;
  lines: Map<string, Layer<'Line'>>;
  markers: ISeriesMarkersPluginApi<Time>;
}

function drawingIn(chart: IChartApi): Drawing {
  const volume = chart.addSeries(HistogramSeries, { priceScaleId: 'volume', priceFormat: { type: 'volume' }, lastValueVisible: false, priceLineVisible: false });
  volume.priceScale().applyOptions({ scaleMargins: { top: 0.86, bottom: 0 } });
  const candles = chart.addSeries(CandlestickSeries, {});
  candles.priceScale().applyOptions({ scaleMargins: { top: 0.14, bottom: 0.16 } });
  return { candles: { series: candles, drawn: [] }, volume: { series: volume, drawn: [] }, lines: new Map(), markers: createSeriesMarkers(candles, []) };
}

function draw<S extends SeriesType>(layer: Layer<S>, rows: Rows<S>): void {
  layer.drawn = drawRows(layer.series, rows, layer.drawn);
}

/** Adds, draws and removes lines so that exactly the chosen ones are there. */
function drawOverlays(chart: IChartApi, drawing: Drawing, bars: readonly Bar[], overlays: readonly Overlay[]): void {
  for (const [name, { series }] of drawing.lines) {
    if (!overlays.some((overlay) => overlay.name === name)) {
      chart.removeSeries(series);
      drawing.lines.delete(name);
    }
  }

  for (const { name, values, dashed } of overlays) {
    const layer = drawing.lines.get(name) ?? {
      series: chart.addSeries(LineSeries, {
        lineWidth: 1, lineStyle: dashed ? LineStyle.Dashed : LineStyle.Solid, priceLineVisible: false, lastValueVisible: false, crosshairMarkerVisible: false,
      }),
      drawn: [],
    };
    drawing.lines.set(name, layer);
    draw(layer, bars.map(({ time }, at) => {
      const value = values[at] ?? null;
      return value === null ? { time: time as UTCTimestamp } : { time: time as UTCTimestamp, value };
    }));
  }
}

interface Props extends PriceView {
  interval: Interval;
  view: CandleView;
  overlays: Overlays;
}

/** Bars of event time, with volume, signals, fills and the chosen lines. */
export function CandleChart({ state, symbol, theme, decimals, fits, shows, onMove, interval, view, overlays }: Props) {
  const { box, chart } = useChart(theme, true);
  useFit(chart, fits);
  const drawing = useRef<Drawing | null>(null);
  const [pointed, setPointed] = useState<number | null>(null);
  const { bars, series, loadOlder } = view;
  const lines = useMemo(() => overlaysOf(bars, overlays), [bars, overlays]);

  useEffect(() => {
    drawing.current = chart ? drawingIn(chart) : null;
  }, [chart]);

  // Another symbol or length: everything is drawn anew.
  useEffect(() => {
    const layers: Layer<SeriesType>[] = drawing.current ? [drawing.current.candles, drawing.current.volume, ...drawing.current.lines.values()] as never[] : [];
    layers.forEach((layer) => {
      layer.series.setData([]);
      layer.drawn = [];
    });
    setPointed(null);
  }, [chart, series]);

  useEffect(() => {
    const move = ({ time }: MouseEventParams) => setPointed(time === undefined ? null : (time as number));
    chart?.subscribeCrosshairMove(move);
    return () => chart?.unsubscribeCrosshairMove(move);
  }, [chart]);

  useEffect(() => {
    const look = (range: { from: number } | null) => {
      if (range && range.from < 10 && !fits) {
        loadOlder();
      }
    };
    chart?.timeScale().subscribeVisibleLogicalRangeChange(look);
    return () => chart?.timeScale().unsubscribeVisibleLogicalRangeChange(look);
  }, [chart, fits, loadOlder]);

  useEffect(() => {
    if (chart && drawing.current) {
      drawBars(drawing.current, bars);
      drawOverlays(chart, drawing.current, bars, lines);
      drawing.current.markers.setMarkers(candleMarkersOf(symbol ?? '', shows.signals ? state.signals : [], shows.fills ? state.fills : [], bars, interval));
      if (fits) {
        chart.timeScale().fitContent();
      }
    }
  }, [bars, lines, chart, symbol, interval, fits, shows, state.signals, state.fills, theme]);

  useEffect(() => {
    const [up, down] = [colour('up'), colour('down')];
    drawing.current?.candles.series.applyOptions({
      upColor: up, borderUpColor: up, wickUpColor: up, downColor: down, borderDownColor: down, wickDownColor: down,
      priceFormat: { type: 'price', precision: decimals, minMove: 10 ** -decimals },
    });
    drawing.current?.volume.series.applyOptions({ color: `${colour('muted')}66` });
    lines.forEach(({ name, key }) => drawing.current?.lines.get(name)?.series.applyOptions({ color: colour(key) }));
  }, [chart, theme, decimals, lines.map((line) => line.name).join()]);

  const last = bars.at(-1);
  const at = pointed === null ? bars.length - 1 : bars.findIndex((bar) => bar.time === pointed);
  const step = (by: number) => {
    const next = bars[Math.min(bars.length - 1, Math.max(0, (at < 0 ? bars.length - 1 : at) + by))];
    if (next && chart && drawing.current) {
      chart.setCrosshairPosition(next.close, next.time as UTCTimestamp, drawing.current.candles.series);
      setPointed(next.time);
    }
  };
  const within = (row: { symbol: string; timestamp: string }) => row.symbol === symbol && startOf(seconds(row.timestamp), interval) === bars[at]?.time;
  return (
    <div className="chart-box">
      <Note view={view} />
      <div className="chart" ref={box} role="img" tabIndex={0} data-testid="candle-chart" data-bars={bars.length} onWheel={onMove} onPointerDown={onMove}
        onKeyDown={(event) => byArrow(event, step, () => { chart?.clearCrosshairPosition(); setPointed(null); })} aria-label={last
          ? `Candles of ${symbol}, ${intervalWords(interval)} each, ${bars.length} bars; the last one opened at ${price(last.open, decimals)} and is at ${price(last.close, decimals)}. Arrow keys go from bar to bar. The numbers are in the table.`
          : 'Candles, no ticks yet'} />
      {bars[at] && (
        <ChartLegend bar={bars[at]} interval={interval} decimals={decimals} lines={lines.map((line) => ({ ...line, value: line.values[at] ?? null }))}
          signals={pointed !== null && shows.signals ? state.signals.filter(within) : []} fills={pointed !== null && shows.fills ? state.fills.filter(within) : []} />
      )}
    </div>
  );
}

function drawBars(drawing: Drawing, bars: readonly Bar[]): void {
  draw(drawing.volume, bars.map(({ time, volume }) => ({ time: time as UTCTimestamp, value: volume })));
  draw(drawing.candles, bars.map(({ time, open, high, low, close }) => ({ time: time as UTCTimestamp, open, high, low, close })));
}

function byArrow(event: KeyboardEvent, step: (by: number) => void, leave: () => void): void {
  const by = { ArrowLeft: -1, ArrowRight: 1, Home: Number.NEGATIVE_INFINITY, End: Number.POSITIVE_INFINITY }[event.key];
  if (by !== undefined) {
    event.preventDefault();
    step(by);
  } else if (event.key === 'Escape') {
    leave();
  }
}

/** What is missing, in words: on top of the chart, so that nothing moves when it goes. */
export function Note({ view }: { view: Pick<CandleView, 'loading' | 'problem' | 'bars'> }) {
  if (view.problem) {
    return <p className="chart-note" role="status" data-testid="candles-problem">The past is missing: {view.problem} Trying again.</p>;
  }

  const text = view.loading ? 'Loading candles…' : view.bars.length === 0 ? 'No ticks of this symbol are stored or have come yet.' : null;
  return text && <p className="chart-note" role="status" data-testid="no-bars">{text}</p>;
}
