import { type KeyboardEvent, useRef, useState } from 'react';
import type { Replay } from '../api/types';
import { dateTime } from '../format';
import { seekTo, type Track, trackOf } from '../state/replay';

interface Props {
  replay: Replay;
  enabled: boolean;
  onSeek: (to: { time: string } | { fraction: number }) => void;
}

const Note = 'A seek ends this run and starts a new one from there; what this run has booked stays.';

/** How far the replay is. Moving it asks first: the stages cannot take back what they have digested, so a seek is a new run. */
export function ReplaySeek({ replay, enabled, onSeek }: Props) {
  const [target, setTarget] = useState<number | null>(null);
  const slider = useRef<HTMLInputElement>(null);
  const track = trackOf(replay);
  const shown = target ?? track.at;

  const stay = () => {
    setTarget(null);
    slider.current?.focus();
  };
  const seek = () => {
    if (target !== null) {
      stay();
      onSeek(seekTo(track, target));
    }
  };
  const byKey = (event: KeyboardEvent) => {
    // On a button of the question, Enter is that button's.
    if (event.key === 'Enter' && event.target === slider.current) {
      event.preventDefault();
      seek();
    } else if (event.key === 'Escape') {
      stay();
    }
  };

  return (
    <div className="replay-seek" onKeyDown={byKey}>
      <input ref={slider} type="range" min={0} max={track.length} step={track.step} value={shown} disabled={!enabled} title={Note} data-testid="replay-seek"
        aria-label="Position in the replay" aria-valuetext={placeWords(track, shown)} style={{ '--done': `${(100 * shown) / track.length}%` } as object}
        onChange={(event) => setTarget(Number(event.target.value))} />
      {target !== null && (
        <div className="seek-ask" role="group" aria-label="Seek" data-testid="seek-ask">
          <span role="status">Go to {placeWords(track, target)}? {Note}</span>
          <span className="buttons">
            <button type="button" className="primary" disabled={!enabled} onClick={seek} data-testid="seek-confirm">Seek</button>
            <button type="button" onClick={stay}>Cancel</button>
          </span>
        </div>
      )}
    </div>
  );
}

function placeWords(track: Track, at: number): string {
  const share = `${Math.round((100 * at) / track.length)} %`;
  return track.from === null ? share : `${dateTime(new Date(track.from + at * 1000).toISOString())} UTC (${share})`;
}
