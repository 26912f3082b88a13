import { memo } from 'react';
import type { Book } from '../api/types';
import { decimalsOf, price, quantity, signed, time, words } from '../format';
import { ladderOf, type Rung, spreadBps } from '../state/book';
import { Card } from './Card';
import { DepthChart } from './DepthChart';

/** Levels a side; more could not be told apart. */
const Depth = 20;

const stateNotes: Readonly<Record<string, string>> = {
  synchronising: 'Waiting for a snapshot that the updates join; what is shown may be incomplete.',
  stale: 'No update has come for a while; what is shown is the last known book.',
  one_sided: 'Nobody buys, or nobody sells: there is no spread and no mid.',
  crossed: 'The best bid is not below the best ask; do not trade on this book.',
};

interface Props {
  symbol: string | null;
  book: Book | undefined;
  /** Why there is no book; null while it is not known. */
  problem: string | null;
  decimals: number;
}

/** Bids and asks of the selected symbol with what lies at each price and before it. */
export function BookPanel({ symbol, book, problem, decimals }: Props) {
  return (
    <Card title={symbol ? `Order book of ${symbol}` : 'Order book'} className="area-book" actions={book && <State state={book.state} />}>
      {book ? <Ladder book={book} decimals={decimals} /> : <Nothing symbol={symbol} problem={problem} />}
    </Card>
  );
}

function State({ state }: { state: string }) {
  return (
    <span className={`pill book-${state}`} role="status" data-testid="book-state" data-state={state}>
      <span className="dot" aria-hidden="true" /> {words(state)}
    </span>
  );
}

function Nothing({ symbol, problem }: { symbol: string | null; problem: string | null }) {
  if (!symbol) {
    return <p className="empty" data-testid="book-empty">No symbol yet. Start a replay, or wait for the feed.</p>;
  }

  return problem ? (
    <p className="empty" data-testid="book-empty">
      {problem} Books come of quotes or depth: replay data that has them, such as binance-usdm-btcusdt, connect a feed, or pick another symbol.
    </p>
  ) : (
    <p className="empty" role="status" data-testid="book-empty">Loading the order book…</p>
  );
}

const Ladder = memo(function Ladder({ book, decimals }: { book: Book; decimals: number }) {
  const ladder = ladderOf(book, Depth);
  const { bids, asks, deepest } = ladder;
  const digits = Math.max(decimals, ...[...bids, ...asks].map((rung) => decimalsOf(rung.price)));
  const rows = Array.from({ length: Math.max(bids.length, asks.length) });
  const note = stateNotes[book.state];
  const origin = originOf(book);
  return (
    <>
      <Figures book={book} digits={digits} />
      <DepthChart ladder={ladder} digits={digits} />
      {note && <p className="book-note" data-testid="book-note">{note}</p>}
      <div className="scroll" role="region" aria-label={`Levels of ${book.symbol}`} tabIndex={0}>
        <table className="ladder">
          <caption className="visually-hidden">Bids on the left, asks on the right, the best first. Total is the size from the best price down to here.</caption>
          <thead>
            <tr>
              <th scope="col" className="num">Total<span className="visually-hidden"> of bids</span></th>
              <th scope="col" className="num">Size<span className="visually-hidden"> of bid</span></th>
              <th scope="col" className="num">Bid</th>
              <th scope="col">Ask</th>
              <th scope="col">Size<span className="visually-hidden"> of ask</span></th>
              <th scope="col">Total<span className="visually-hidden"> of asks</span></th>
            </tr>
          </thead>
          <tbody>
            {rows.map((_, at) => (
              <tr key={at} data-testid="book-row">
                <BidCells rung={bids[at]} deepest={deepest} digits={digits} />
                <AskCells rung={asks[at]} deepest={deepest} digits={digits} />
              </tr>
            ))}
          </tbody>
        </table>
        {rows.length === 0 && <p className="empty">This book has no levels{book.state === 'synchronising' ? ' yet' : ''}.</p>}
      </div>
      <p className="book-origin muted" title={origin} data-testid="book-origin">{origin}</p>
    </>
  );
});

/** Where and when; an update id of zero says that the venue numbers nothing. */
function originOf(book: Book): string {
  const parts = [book.venue, `${time(book.timestamp)} UTC`, book.update_id ? `update ${book.update_id}` : '', book.checksum ? `checksum ${book.checksum}` : ''];
  return parts.filter((part) => part !== '').join(' · ');
}

/** A bar of this share of the cell; the cell says the number itself. */
const bar = (total: number, deepest: number) => ({ backgroundSize: `${deepest > 0 ? Math.round((total / deepest) * 100) : 0}% 100%` });

interface Side {
  rung: Rung | undefined;
  deepest: number;
  digits: number;
}

function BidCells({ rung, deepest, digits }: Side) {
  return rung ? (
    <>
      <td className="num depth bid" style={bar(rung.total, deepest)} data-testid="bid-total" data-value={rung.total}>{quantity(rung.total)}</td>
      <td className="num">{quantity(rung.size)}</td>
      <td className="num up best" data-testid="bid-price" data-value={rung.price}>{price(rung.price, digits)}</td>
    </>
  ) : (
    <td colSpan={3} />
  );
}

function AskCells({ rung, deepest, digits }: Side) {
  return rung ? (
    <>
      <td className="down best" data-testid="ask-price" data-value={rung.price}>{price(rung.price, digits)}</td>
      <td>{quantity(rung.size)}</td>
      <td className="depth ask" style={bar(rung.total, deepest)} data-testid="ask-total" data-value={rung.total}>{quantity(rung.total)}</td>
    </>
  ) : (
    <td colSpan={3} />
  );
}

function Figures({ book, digits }: { book: Book; digits: number }) {
  const bps = spreadBps(book);
  const tilt = book.imbalance === null ? '' : book.imbalance > 0 ? 'more bids' : book.imbalance < 0 ? 'more asks' : 'even';
  return (
    <dl className="book-figures">
      <div><dt>Spread</dt><dd data-testid="book-spread">{price(book.spread, digits)}{bps !== null && <span className="unit">{bps.toFixed(2)} bps</span>}</dd></div>
      <div><dt>Mid</dt><dd data-testid="book-mid">{price(book.mid, digits + 1)}</dd></div>
      <div><dt>Micro-price</dt><dd data-testid="book-micro">{price(book.micro_price, digits + 1)}</dd></div>
      <div><dt>Imbalance</dt><dd data-testid="book-imbalance">{signed(book.imbalance)}{tilt && <span className="unit">{tilt}</span>}</dd></div>
    </dl>
  );
}
