import { type KeyboardEvent, useRef, useState } from 'react';
import type { Replay } from '../api/types';
import { dateTime } from '../format';
import { seekTo, type Track, trackOf } from '../state/replay';

interface Props {
  replay: Replay;
  /** Whether a seek would be taken now. */
  enabled: boolean;
  /** Whether none ever will be: the run is over, or the reader may not. Otherwise the slider keeps the focus while a new run is made. */
  fixed: boolean;
  onSeek: (to: { time: string } | { fraction: number }) => void;
}

const Note = 'A seek ends this run and starts a new one from there; what this run has booked stays.';

/** How far the replay is. Moving it asks first: the stages cannot take back what they have digested, so a seek is a new run. */
export function ReplaySeek({ replay, enabled, fixed, onSeek }: Props) {
  const [aim, setAim] = useState<{ run: string | null; at: number } | null>(null);
  // Another run, another content: what was aimed at is gone.
  const target = aim && aim.run === replay.run ? aim.at : null;
  const slider = useRef<HTMLInputElement>(null);
  const track = trackOf(replay);
  const shown = target ?? track.at;

  const stay = () => {
    setAim(null);
    slider.current?.focus();
  };
  const seek = () => {
    if (target !== null && enabled) {
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
      <input ref={slider} type="range" min={0} max={track.length} step={track.step} value={shown} disabled={fixed} aria-disabled={!enabled} title={Note} data-testid="replay-seek"
        aria-label="Position in the replay" aria-valuetext={placeWords(track, shown)} style={{ '--done': `${(100 * shown) / track.length}%` } as object}
        onChange={(event) => enabled && setAim({ run: replay.run, at: Number(event.target.value) })} />
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
