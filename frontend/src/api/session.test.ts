import { beforeEach, expect, it } from 'vitest';
import { clearSession, loadSession, saveSession, takeSignInCode } from './session';

const session = { token: 't', expires_at: '2030-01-01T00:00:00Z', user: { username: 'admin', role: 'admin' as const } };

beforeEach(() => {
  sessionStorage.clear();
  window.location.hash = '';
});

it('takes the code out of the address bar', () => {
  window.location.hash = '#sign-in=abc%2Bd';
  expect(takeSignInCode()).toBe('abc+d');
  expect(window.location.href).not.toContain('sign-in');
  expect(takeSignInCode()).toBeNull();
});

it('leaves other fragments alone', () => {
  window.location.hash = '#main';
  expect(takeSignInCode()).toBeNull();
  expect(window.location.hash).toBe('#main');
});

it('keeps a session for this tab until it expires', () => {
  saveSession(session);
  expect(loadSession(Date.parse('2029-01-01'))).toEqual(session);
  expect(loadSession(Date.parse('2031-01-01'))).toBeNull();
  clearSession();
  expect(loadSession(0)).toBeNull();
});

it('survives a broken entry', () => {
  sessionStorage.setItem('aitrader.session', '{');
  expect(loadSession(0)).toBeNull();
});
