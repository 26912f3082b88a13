import { type FormEvent, useCallback, useEffect, useRef, useState } from 'react';
import { signIn } from '../api/client';
import type { SignIn } from '../api/types';
import { Logo } from './Logo';

interface Props {
  /** Code of the link that opened the page, tried at once. */
  linkCode: string | null;
  /** Why the last session ended. */
  notice: string | null;
  onSignedIn: (session: SignIn) => void;
}

const triedCodes = new Set<string>();

export function SignInPage({ linkCode, notice, onSignedIn }: Props) {
  const [code, setCode] = useState('');
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string | null>(null);
  const input = useRef<HTMLInputElement>(null);

  const submit = useCallback(
    async (entered: string) => {
      setBusy(true);
      setError(null);
      try {
        onSignedIn(await signIn(entered));
      } catch (failure) {
        setError(failure instanceof Error ? failure.message : 'Signing in failed.');
        setBusy(false);
        input.current?.focus();
      }
    },
    [onSignedIn],
  );

  useEffect(() => {
    if (linkCode && !triedCodes.has(linkCode)) {
      triedCodes.add(linkCode);
      void submit(linkCode);
    }
  }, [linkCode, submit]);

  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    // Whoever pastes the whole link means its code.
    void submit(code.trim().replace(/^.*#sign-in=/, ''));
  };

  return (
    <main className="sign-in">
      <form className="card sign-in-card" onSubmit={onSubmit} data-testid="sign-in-form">
        <div className="brand">
          <Logo /> <h1>AITrader</h1>
        </div>
        {notice && <p role="status">{notice}</p>}
        <p className="muted">
          Open the sign-in link that <code>./aitrader up</code> printed: it works once, within an hour. <code>./aitrader sign-in</code> makes
          a new one; the code is what follows <code>#sign-in=</code>.
        </p>
        <label htmlFor="code">Sign-in code</label>
        <input
          id="code"
          ref={input}
          type="password"
          autoComplete="one-time-code"
          spellCheck={false}
          required
          autoFocus
          value={code}
          onChange={(event) => setCode(event.target.value)}
          aria-invalid={error !== null}
          aria-describedby={error ? 'sign-in-error' : undefined}
        />
        {error && (
          <p id="sign-in-error" role="alert" className="error" data-testid="sign-in-error">
            {error}
          </p>
        )}
        <button type="submit" className="primary" disabled={busy}>
          {busy ? 'Signing in…' : 'Sign in'}
        </button>
      </form>
    </main>
  );
}
