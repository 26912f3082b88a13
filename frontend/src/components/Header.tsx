import type { Connection } from '../api/monitor';
import type { Mode, Status, User } from '../api/types';
import type { Place } from '../state/pages';
import type { Theme } from '../theme';
import { Logo } from './Logo';
import { PageLinks } from './PageLinks';

const connectionWords: Record<Connection['state'], string> = {
  connecting: 'Connecting',
  open: 'Connected',
  waiting: 'Reconnecting',
};

const modeWords: Record<Mode, string> = { live: 'Live', replay: 'Replay', idle: 'Idle' };

interface Props {
  connection: Connection;
  status: Status | null;
  /** The run whose account and rows are shown: live, or the name of a replay. */
  run: string | null;
  user: User;
  place: Place;
  theme: Theme;
  onToggleTheme: () => void;
  onSignOut: () => void;
}

export function Header({ connection, status, run, user, place, theme, onToggleTheme, onSignOut }: Props) {
  const mode = status?.mode ?? 'idle';
  return (
    <header className="top">
      <div className="brand">
        <Logo />
        <h1>AITrader</h1>
      </div>
      <PageLinks place={place} />
      <span className={`pill ${connection.state}`} role="status" data-testid="connection" data-state={connection.state}>
        <span className="dot" aria-hidden="true" /> {connectionWords[connection.state]}
      </span>
      <span className={`pill mode-${mode}`} data-testid="mode">{modeWords[mode]}</span>
      {run && <span className="pill run" data-testid="run" title="Account, orders and fills are those of this run">{run}</span>}
      <span className="spacer" />
      <div className="tools">
        <span className="muted user" title={`Signed in as ${user.username}`}>
          {user.username} · {user.role}
        </span>
        <button type="button" onClick={onToggleTheme} data-testid="theme-toggle">
          {theme === 'dark' ? 'Light theme' : 'Dark theme'}
        </button>
        <button type="button" onClick={onSignOut}>Sign out</button>
      </div>
    </header>
  );
}
