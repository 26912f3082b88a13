import { BaselineSeries, type IChartApi, type ISeriesApi, LineSeries, LineType } from 'lightweight-charts';
import { useEffect, useRef } from 'react';
import { signed } from '../format';
import type { Dashboard } from '../state/dashboard';
import type { DashboardStore } from '../state/store';
import { colour, type Theme } from '../theme';
import { Card } from './Card';
import { type Drawn, drawLine } from './drawLine';
import { useChart, useFit } from './useChart';

interface Lines {
  total: ISeriesApi<'Baseline'>;
  booked: ISeriesApi<'Line'>;
}

function addLines(chart: IChartApi): Lines {
  return {
    booked: chart.addSeries(LineSeries, { lineWidth: 1, lineType: LineType.WithSteps, priceLineVisible: false, lastValueVisible: false }),
    total: chart.addSeries(BaselineSeries, { lineWidth: 2, baseValue: { type: 'price', price: 0 } }),
  };
}

interface Props {
  store: DashboardStore;
  state: Dashboard;
  theme: Theme;
}

/** Profit and loss over event time: all of it as an area around zero, the booked part as a line. */
export function EquityChart({ store, state, theme }: Props) {
  const { box, chart } = useChart(theme, false);
  useFit(chart, true);
  const lines = useRef<Lines | null>(null);
  const drawn = useRef<Drawn>({ epoch: -1, count: 0 });

  useEffect(() => {
    lines.current = chart ? addLines(chart) : null;
    drawn.current = { epoch: -1, count: 0 };
  }, [chart]);

  useEffect(() => {
    const up = colour('up');
    const down = colour('down');
    lines.current?.booked.applyOptions({ color: colour('muted') });
    lines.current?.total.applyOptions({
      topLineColor: up, topFillColor1: `${up}55`, topFillColor2: `${up}08`,
      bottomLineColor: down, bottomFillColor1: `${down}08`, bottomFillColor2: `${down}55`,
    });
  }, [chart, theme]);

  useEffect(() => {
    if (lines.current) {
      const { points, epoch } = store.history.equity;
      drawLine(lines.current.booked, points, epoch, { ...drawn.current }, (point) => point.booked);
      drawLine(lines.current.total, points, epoch, drawn.current, (point) => point.total);
      chart?.timeScale().fitContent();
    }
  }, [store, state, chart]);

  const account = state.account;
  const total = account ? signed(account.equity - account.initial_cash) : 'unknown';
  return (
    <Card title="Profit and loss" className="area-equity" actions={
      <span className="muted legend"><span className="key area" aria-hidden="true" /> total <span className="key line" aria-hidden="true" /> booked, after fees</span>
    }>
      <div className="chart" ref={box} role="img" aria-label={`Profit and loss over time, now ${total}`} data-testid="equity-chart" />
    </Card>
  );
}
