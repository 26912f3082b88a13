import { useEffect, useRef, useState } from 'react';
import type { Trade } from '../api/types';
import { price, quantity } from '../format';

const EveryMs = 3_000;

/** Tells screen readers about fills: each by itself when they are rare, how many when they are not. */
export function FillAnnouncer({ fills }: { fills: readonly Trade[] }) {
  const [text, setText] = useState('');
  const latest = useRef(fills);
  const told = useRef<number | null>(null);
  latest.current = fills;

  useEffect(() => {
    const timer = setInterval(() => {
      const newest = latest.current[0];
      if (!newest || newest.trade_id === told.current) {
        return;
      }

      const fresh = latest.current.findIndex((fill) => fill.trade_id === told.current);
      const first = told.current === null;
      told.current = newest.trade_id;
      if (!first) {
        setText(sentence(newest, fresh < 0 ? latest.current.length : fresh));
      }
    }, EveryMs);
    return () => clearInterval(timer);
  }, []);

  return <div className="visually-hidden" aria-live="polite" data-testid="fill-announcer">{text}</div>;
}

function sentence(fill: Trade, fresh: number): string {
  const verb = fill.side === 'BUY' ? 'Bought' : 'Sold';
  const one = `${verb} ${quantity(fill.qty)} ${fill.symbol} at ${price(fill.price)}.`;
  return fresh > 1 ? `${fresh} new fills. The last: ${one}` : one;
}
