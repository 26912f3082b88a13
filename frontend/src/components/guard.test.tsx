import { cleanup, render, screen } from '@testing-library/react';
import { afterEach, expect, it, vi } from 'vitest';
import { PageGuard } from './PageGuard';

afterEach(cleanup);

it('says in words that the page failed instead of leaving it blank', () => {
  vi.spyOn(console, 'error').mockImplementation(() => undefined); // React tells the console as well
  const Broken = (): never => { throw new Error('Cannot update oldest data'); };
  render(<PageGuard><Broken /></PageGuard>);
  expect(screen.getByRole('alert').textContent).toContain('Cannot update oldest data');
  expect(screen.getByRole('button', { name: 'Reload' })).toBeTruthy();
  cleanup();
  render(<PageGuard><p>all is well</p></PageGuard>);
  expect(screen.getByText('all is well')).toBeTruthy();
});
