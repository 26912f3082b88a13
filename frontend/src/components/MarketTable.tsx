import { memo } from 'react';
import { percent, price, quantity, time } from '../format';
import type { Quote } from '../state/dashboard';
import { TableCard } from './Card';

const num = (text: string) => ({ text, numeric: true }) as const;
const head = ['Symbol', num('Last'), num('Change'), num('Bid'), num('Ask'), num('Volume'), num('Time')];

interface Props {
  quotes: Readonly<Record<string, Quote>>;
  symbols: readonly string[];
  selected: string | null;
  onPick: (symbol: string) => void;
}

export function MarketTable({ quotes, symbols, selected, onPick }: Props) {
  const rows = symbols.flatMap((symbol) => quotes[symbol] ?? []);
  return (
    <TableCard title="Market" className="area-market" head={head}
      empty={rows.length === 0 ? 'No ticks yet. Start a replay with ./aitrader up --replay, or wait for the feed.' : null}>
      {rows.map((quote) => (
        <MarketRow key={quote.symbol} quote={quote} selected={quote.symbol === selected} onPick={onPick} />
      ))}
    </TableCard>
  );
}

const MarketRow = memo(function MarketRow({ quote, selected, onPick }: {
  quote: Quote; selected: boolean; onPick: (symbol: string) => void;
}) {
  const change = quote.first === 0 ? 0 : quote.price / quote.first - 1;
  const tone = quote.direction > 0 ? 'up' : quote.direction < 0 ? 'down' : '';
  return (
    <tr data-testid="tick-row" data-symbol={quote.symbol} className={selected ? 'selected' : ''}>
      <th scope="row">
        <button type="button" className="link" aria-pressed={selected} onClick={() => onPick(quote.symbol)}
          title={`Show ${quote.symbol} in the chart`}>{quote.symbol}</button>
      </th>
      <td data-label="Last" className={`num ${tone}`} data-testid="tick-price" data-value={quote.price}>
        {quote.direction > 0 ? '▲ ' : quote.direction < 0 ? '▼ ' : ''}{price(quote.price, quote.decimals)}
      </td>
      <td data-label="Change" className={`num ${change > 0 ? 'up' : change < 0 ? 'down' : ''}`}>{percent(change)}</td>
      <td data-label="Bid" className="num">{price(quote.bid, quote.decimals)}</td>
      <td data-label="Ask" className="num">{price(quote.ask, quote.decimals)}</td>
      <td data-label="Volume" className="num">{quantity(quote.volume)}</td>
      <td data-label="Time" className="num muted">{time(quote.timestamp)}</td>
    </tr>
  );
});
