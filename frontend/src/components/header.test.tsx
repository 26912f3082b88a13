import { cleanup, render, screen } from '@testing-library/react';
import { afterEach, expect, it } from 'vitest';
import type { Replay, Status } from '../api/types';
import { replay, status } from '../testing/samples';
import { ConnectionNotice } from './ConnectionNotice';
import { Header } from './Header';

afterEach(cleanup);

const header = (shown: Replay | null, of: Partial<Status> = {}) =>
  render(
    <Header connection={{ state: 'open' }} status={status(of)} replay={shown} user={{ username: 'admin', role: 'admin' }} theme="dark"
      onToggleTheme={() => undefined} onSignOut={() => undefined} />,
  );

it('tells how far a replay is and how fast', () => {
  header(replay({ speed: '20' }));
  expect(screen.getByTestId('replay').textContent).toContain('2024-08-08 23:54:20 UTC20× · running · 100 of 400 ticks');
  expect(screen.getByRole('progressbar').getAttribute('value')).toBe('0.25');
});

it('says what it knows where speed, total and time are not known yet', () => {
  header(replay({ speed: null, total: null, event_time: null }));
  expect(screen.getByTestId('replay').textContent).toBe('binance-l2running · 100 ticks');
  expect(screen.getByRole('progressbar').hasAttribute('value')).toBe(false);
});

it('says max speed in words', () => {
  header(replay({ speed: 'max' }));
  expect(screen.getByTestId('replay').textContent).toContain('max speed');
});

it('does not show an old replay in a live market', () => {
  header(replay({ state: 'finished' }), { mode: 'live' });
  expect(screen.queryByTestId('replay')).toBeNull();
});

it('says why a replay failed', () => {
  render(<ConnectionNotice connection={{ state: 'open' }} ready replay={replay({ state: 'failed', error: 'line 7: price is missing' })} />);
  expect(screen.getByRole('alert').textContent).toBe('The replay failed: line 7: price is missing');
});
