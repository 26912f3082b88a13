import { type ChartOptions, ColorType, createChart, type DeepPartial, type IChartApi } from 'lightweight-charts';
import { type RefObject, useEffect, useRef, useState } from 'react';
import { colour, type Theme } from '../theme';

function chartOptions(attribution: boolean): DeepPartial<ChartOptions> {
  const grid = { color: colour('grid') };
  const border = { borderColor: colour('border') };
  return {
    autoSize: true,
    layout: {
      background: { type: ColorType.Solid, color: 'transparent' },
      textColor: colour('muted'),
      fontFamily: 'inherit',
      fontSize: 11,
      attributionLogo: attribution,
    },
    grid: { vertLines: grid, horzLines: grid },
    rightPriceScale: border,
    timeScale: { ...border, timeVisible: true, secondsVisible: true, rightOffset: 3, minBarSpacing: 0.02 },
    localization: { locale: 'en-GB' },
  };
}

/** A chart in a div, made once and recoloured with the theme. Null until the div is there. One chart a page names the library's maker. */
export function useChart(theme: Theme, attribution: boolean): { box: RefObject<HTMLDivElement | null>; chart: IChartApi | null } {
  const box = useRef<HTMLDivElement>(null);
  const [chart, setChart] = useState<IChartApi | null>(null);

  useEffect(() => {
    const made = createChart(box.current as HTMLDivElement, chartOptions(attribution));
    setChart(made);
    return () => {
      setChart(null);
      made.remove();
    };
  }, [attribution]);

  useEffect(() => chart?.applyOptions(chartOptions(attribution)), [chart, theme, attribution]);

  return { box, chart };
}

/** Keeps all there is in sight when the chart's size changes, as long as that is wanted. */
export function useFit(chart: IChartApi | null, fits: boolean): void {
  useEffect(() => {
    if (!chart || !fits) {
      return;
    }

    const scale = chart.timeScale();
    const fit = () => scale.fitContent();
    scale.subscribeSizeChange(fit);
    return () => scale.unsubscribeSizeChange(fit);
  }, [chart, fits]);
}
