import { useCallback, useState } from 'react';
import { clearSession, loadSession, saveSession, takeSignInCode } from './api/session';
import type { SignIn } from './api/types';
import { DashboardPage } from './components/DashboardPage';
import { SignInPage } from './components/SignInPage';

// Taken once, before the first render: React may render twice, the code works once.
const linkCode = takeSignInCode();

export function App() {
  // A fresh link wins over an old session: whoever opens it wants to be that user now.
  const [session, setSession] = useState<SignIn | null>(() => (linkCode ? null : loadSession()));
  const [notice, setNotice] = useState<string | null>(null);

  const enter = useCallback((granted: SignIn) => {
    saveSession(granted);
    setNotice(null);
    setSession(granted);
  }, []);

  const leave = useCallback((why: string | null) => {
    clearSession();
    setNotice(why);
    setSession(null);
  }, []);

  return session ? (
    <DashboardPage key={session.token} session={session} onLeave={leave} />
  ) : (
    <SignInPage linkCode={notice === null ? linkCode : null} notice={notice} onSignedIn={enter} />
  );
}
