import { memo } from 'react';
import type { Trade } from '../api/types';
import { decimalsOf, price, quantity, signed, time, words } from '../format';
import { TableCard } from './Card';
import { SideTag } from './SideTag';

const num = (text: string) => ({ text, numeric: true }) as const;
const head = ['Time', 'Symbol', 'Side', num('Quantity'), num('Price'), num('Fees'), num('P&L'), 'Strategy'];

interface Props {
  fills: readonly Trade[];
  total: number | undefined;
  decimals: (symbol: string) => number;
}

export function FillsTable({ fills, total, decimals }: Props) {
  return (
    <TableCard title="Fills" className="area-fills" count={total} head={head} empty={fills.length === 0 ? 'No fills yet.' : null}>
      {fills.map((fill) => (
        <Row key={fill.trade_id} fill={fill} decimals={Math.max(decimals(fill.symbol), decimalsOf(fill.price))} />
      ))}
    </TableCard>
  );
}

const Row = memo(function Row({ fill, decimals }: { fill: Trade; decimals: number }) {
  const tone = fill.pnl > 0 ? 'up' : fill.pnl < 0 ? 'down' : '';
  return (
    <tr data-testid="fill-row" data-trade-id={fill.trade_id} title={fill.notes ?? undefined}>
      <td data-label="Time" className="mono muted" data-testid="fill-time" data-value={fill.timestamp}>{time(fill.timestamp)}</td>
      <th scope="row" data-testid="fill-symbol">{fill.symbol}</th>
      <td data-label="Side" data-testid="fill-side" data-value={fill.side}><SideTag side={fill.side} /></td>
      <td data-label="Quantity" className="num" data-testid="fill-qty" data-value={fill.qty}>{quantity(fill.qty)}</td>
      <td data-label="Price" className="num" data-testid="fill-price" data-value={fill.price}>{price(fill.price, decimals)}</td>
      <td data-label="Fees" className="num" data-testid="fill-fees" data-value={fill.fees}>{price(fill.fees)}</td>
      <td data-label="P&L" className={`num ${tone}`} data-testid="fill-pnl" data-value={fill.pnl}>{signed(fill.pnl)}</td>
      <td data-label="Strategy" className="muted">{fill.strategy_tag ? words(fill.strategy_tag) : '–'}</td>
    </tr>
  );
});
