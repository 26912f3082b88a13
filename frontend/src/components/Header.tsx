import type { Connection } from '../api/monitor';
import type { Mode, Replay, Status, User } from '../api/types';
import { count, dateTime } from '../format';
import type { Theme } from '../theme';
import { Logo } from './Logo';

const connectionWords: Record<Connection['state'], string> = {
  connecting: 'Connecting',
  open: 'Connected',
  waiting: 'Reconnecting',
};

const modeWords: Record<Mode, string> = { live: 'Live', replay: 'Replay', idle: 'Idle' };

interface Props {
  connection: Connection;
  status: Status | null;
  replay: Replay | null;
  user: User;
  theme: Theme;
  onToggleTheme: () => void;
  onSignOut: () => void;
}

export function Header({ connection, status, replay, user, theme, onToggleTheme, onSignOut }: Props) {
  const mode = status?.mode ?? 'idle';
  return (
    <header className="top">
      <div className="brand">
        <Logo />
        <h1>AITrader</h1>
      </div>
      <span className={`pill ${connection.state}`} role="status" data-testid="connection" data-state={connection.state}>
        <span className="dot" aria-hidden="true" /> {connectionWords[connection.state]}
      </span>
      <span className={`pill mode-${mode}`} data-testid="mode">{modeWords[mode]}</span>
      {replay ? <ReplayProgress replay={replay} /> : <span className="spacer" />}
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

function ReplayProgress({ replay }: { replay: Replay }) {
  const done = replay.total > 0 ? Math.min(1, replay.published / replay.total) : 0;
  const speed = typeof replay.speed === 'number' || /^\d/.test(replay.speed) ? `${replay.speed}×` : `${replay.speed} speed`;
  const label = `${count(replay.published)} of ${count(replay.total)} ticks`;
  return (
    <div className="replay" data-testid="replay" title={`${replay.run} from ${replay.source}`}>
      <div className="replay-text">
        <span className="mono" data-testid="event-time">{dateTime(replay.event_time)} UTC</span>
        <span className="muted">{speed} · {replay.state} · {label}</span>
      </div>
      <progress max={1} value={done} aria-label={`Replay of ${replay.source}`} aria-valuetext={label} />
    </div>
  );
}
