import { cleanup, render, screen } from '@testing-library/react';
import { afterEach, expect, it, vi } from 'vitest';
import { replay, status } from '../testing/samples';
import { ConnectionNotice } from './ConnectionNotice';
import { Header } from './Header';

afterEach(cleanup);

it('says who is signed in, in which mode, and leaves on request', () => {
  const leave = vi.fn();
  render(
    <Header connection={{ state: 'open' }} status={status()} run="demo-1" user={{ username: 'ada', role: 'trader' }} place={{ page: 'models' }} theme="dark" onToggleTheme={() => undefined} onSignOut={leave} />,
  );
  expect(screen.getByTestId('mode').textContent).toBe('Replay');
  expect(screen.getByTestId('run').textContent).toBe('demo-1');
  expect(screen.getByText('ada · trader')).toBeTruthy();
  expect(screen.getByRole('link', { current: 'page' }).textContent).toBe('Models');
  expect(screen.getByRole('link', { name: 'Jobs' }).getAttribute('href')).toBe('#/jobs');
  screen.getByRole('button', { name: 'Sign out' }).click();
  expect(leave).toHaveBeenCalledTimes(1);
});

it('says why a replay failed', () => {
  render(<ConnectionNotice connection={{ state: 'open' }} ready replay={replay({ state: 'failed', error: 'line 7: price is missing' })} />);
  expect(screen.getByRole('alert').textContent).toBe('The replay failed: line 7: price is missing');
});
