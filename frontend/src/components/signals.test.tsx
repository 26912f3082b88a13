import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { groupsOf, horizonWords } from '../state/patterns';
import { signal } from '../testing/samples';
import { SignalsTable } from './SignalsTable';

afterEach(cleanup);

const several = [
  signal({ id: 'a' }),
  signal({ id: 'b', pattern: 'vwap_deviation', family: 'mean_reversion', direction: 'BEARISH' }),
  signal({ id: 'c', pattern: 'cdl_hammer', family: 'candlestick' }),
  signal({ id: 'd', pattern: 'macd_cross' }),
  signal({ id: 'e', pattern: 'secret', family: null }),
];

const table = (signals = several, explain = vi.fn()) => {
  const view = (rows: typeof several) => <SignalsTable signals={rows} total={rows.length} decimals={() => 2} onExplain={explain} />;
  const { rerender } = render(view(signals));
  return { explain, show: (rows: typeof several) => rerender(view(rows)) };
};

const shown = () => screen.queryAllByTestId('signal-row').map((row) => row.dataset['id']);

describe('the filter', () => {
  it('groups patterns by family, in an order of its own', () => {
    expect(groupsOf(several)).toEqual([
      { family: 'momentum', patterns: ['ema_cross', 'macd_cross'] },
      { family: 'mean_reversion', patterns: ['vwap_deviation'] },
      { family: 'candlestick', patterns: ['cdl_hammer'] },
      { family: 'other', patterns: ['secret'] },
    ]);
  });

  it('shows a family or one pattern', () => {
    table();
    const filter = screen.getByLabelText('Show signals of');
    expect([...filter.querySelectorAll('option')].map((option) => option.textContent)).toEqual([
      'All patterns', 'All of momentum', 'EMA cross', 'MACD cross', 'All of mean reversion', 'VWAP deviation', 'All of candlestick', 'Hammer', 'All of other', 'Secret',
    ]);
    fireEvent.change(filter, { target: { value: 'family:momentum' } });
    expect(shown()).toEqual(['a', 'd']);
    fireEvent.change(filter, { target: { value: 'pattern:cdl_hammer' } });
    expect(shown()).toEqual(['c']);
    fireEvent.change(filter, { target: { value: 'all' } });
    expect(shown()).toHaveLength(5);
  });

  it('stays chosen when its last signal is gone, and says so', () => {
    const { show } = table();
    fireEvent.change(screen.getByTestId('signal-filter'), { target: { value: 'pattern:cdl_hammer' } });
    show(several.slice(0, 2));
    expect(screen.getByTestId('signal-filter')).toMatchObject({ value: 'pattern:cdl_hammer' });
    expect(screen.getByText('None of the last 2 signals is of this kind.')).toBeTruthy();
  });
});

describe('a row', () => {
  it('opens its evidence, and not the decision', () => {
    const { explain } = table([signal({ decision_id: 'd1' })]);
    const button = screen.getByRole('button', { name: /^Evidence of EMA cross of BTCUSDT/ });
    expect(button.getAttribute('aria-expanded')).toBe('false');
    fireEvent.click(button);
    expect(button.getAttribute('aria-expanded')).toBe('true');
    const detail = document.getElementById(button.getAttribute('aria-controls') as string) as HTMLElement;
    expect(detail.textContent).toContain('Horizon5 minutes');
    expect(screen.getByTestId('evidence-ema_fast').dataset['value']).toBe('61001.25');
    expect(screen.getByTestId('evidence-distance_bps').textContent).toBe('0.5');
    expect(detail.textContent).toContain('run-1:10');
    expect(explain).not.toHaveBeenCalled();
    fireEvent.click(button);
    expect(screen.queryByTestId('signal-evidence')).toBeNull();
  });

  it('says what was not recorded', () => {
    table([signal({ horizon_seconds: null, evidence: {} })]);
    fireEvent.click(screen.getByTestId('signal-expand'));
    expect(screen.getByTestId('signal-horizon').textContent).toBe('not stated');
    expect(screen.getByTestId('signal-evidence').textContent).toContain('none was recorded');
  });

  it('points by icon and by word', () => {
    table(several.slice(0, 2));
    const [up, down] = screen.getAllByTestId('signal-row');
    expect(up?.querySelector('svg')?.dataset['direction']).toBe('up');
    expect(up?.textContent).toContain('Up');
    expect(down?.querySelector('svg')?.dataset['direction']).toBe('down');
    expect(down?.textContent).toContain('Down');
  });
});

it('writes horizons in the largest unit that is exact', () => {
  expect([1, 45, 60, 90, 300, 3_600, 172_800, 0.5].map(horizonWords)).toEqual([
    '1 second', '45 seconds', '1 minute', '90 seconds', '5 minutes', '1 hour', '2 days', '0.5 seconds',
  ]);
});
