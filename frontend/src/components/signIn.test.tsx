import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, expect, it, vi } from 'vitest';
import { SignInPage } from './SignInPage';

const session = { token: 't', expires_at: '2030-01-01T00:00:00Z', user: { username: 'admin', role: 'admin' as const } };
const over = { title: 'Unauthorized', detail: 'This sign-in link was used before, or its hour is over: each works once. ./aitrader sign-in makes a new link.' };

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

function gateway(accepted: string) {
  const codes: string[] = [];
  vi.stubGlobal('fetch', (_path: string, init: RequestInit) => {
    const { code } = JSON.parse(init.body as string) as { code: string };
    codes.push(code);
    return Promise.resolve(code === accepted ? new Response(JSON.stringify(session)) : new Response(JSON.stringify(over), { status: 401 }));
  });
  return codes;
}

it('says of a used link where a new one comes from, and takes its code', async () => {
  const codes = gateway('ait_new');
  const signedIn = vi.fn();
  render(<SignInPage linkCode="ait_used" notice={null} onSignedIn={signedIn} />);
  expect((await screen.findByTestId('sign-in-error')).textContent).toContain('./aitrader sign-in');

  fireEvent.change(screen.getByLabelText('Sign-in code'), { target: { value: ' http://localhost:8080/#sign-in=ait_new ' } });
  fireEvent.submit(screen.getByTestId('sign-in-form'));
  await vi.waitFor(() => expect(signedIn).toHaveBeenCalledWith(session));
  expect(codes).toEqual(['ait_used', 'ait_new']);
});

it('tries the code of a link once, however often React draws the page', async () => {
  const codes = gateway('ait_once');
  const { rerender } = render(<SignInPage linkCode="ait_once" notice={null} onSignedIn={() => undefined} />);
  rerender(<SignInPage linkCode="ait_once" notice={null} onSignedIn={() => undefined} />);
  await vi.waitFor(() => expect(codes).toEqual(['ait_once']));
});
