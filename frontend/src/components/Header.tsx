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
      {replay && mode !== 'live' ? <ReplayProgress replay={replay} /> : <span className="spacer" />}
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

function speedWords(speed: Replay['speed']): string {
  if (speed === null) {
    return '';
  }

  return Number.isFinite(Number(speed)) ? `${speed}× · ` : `${speed} speed · `;
}

function ReplayProgress({ replay }: { replay: Replay }) {
  const { published, total } = replay;
  const label = total === null ? `${count(published)} ticks` : `${count(published)} of ${count(total)} ticks`;
  const done = total ? { max: 1, value: Math.min(1, published / total) } : {}; // without a value the bar says "under way"
  return (
    <div className="replay" data-testid="replay" data-state={replay.state} title={`${replay.run} from ${replay.source}`}>
      <div className="replay-text">
        <span className="mono" data-testid="event-time">{replay.event_time ? `${dateTime(replay.event_time)} UTC` : replay.source}</span>
        <span className="muted">{speedWords(replay.speed)}{replay.state} · {label}</span>
      </div>
      <progress {...done} aria-label={`Replay of ${replay.source}`} aria-valuetext={label} />
    </div>
  );
}
