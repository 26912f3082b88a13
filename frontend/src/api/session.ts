import type { SignIn } from './types';

const Key = 'aitrader.session';
const CodePattern = /^#sign-in=(.+)$/;

/**
 * Takes the one-time code out of the sign-in link. It leaves the address bar and the history at once, so that neither
 * a screenshot nor the back button gives it away.
 */
export function takeSignInCode(): string | null {
  const code = CodePattern.exec(window.location.hash)?.[1];
  if (!code) {
    return null;
  }

  window.history.replaceState(null, '', window.location.pathname + window.location.search);
  try {
    return decodeURIComponent(code);
  } catch {
    return code;
  }
}

/** The session of this tab, unless it has expired. */
export function loadSession(now: number = Date.now()): SignIn | null {
  const stored = sessionStorage.getItem(Key);
  if (!stored) {
    return null;
  }

  try {
    const session = JSON.parse(stored) as SignIn;
    const expired = Date.parse(session.expires_at) <= now;
    return session.token && !expired ? session : null;
  } catch {
    return null;
  }
}

export function saveSession(session: SignIn): void {
  sessionStorage.setItem(Key, JSON.stringify(session));
}

export function clearSession(): void {
  sessionStorage.removeItem(Key);
}
