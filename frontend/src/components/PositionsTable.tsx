import { memo } from 'react';
import type { Position } from '../api/types';
import { price, quantity, signed } from '../format';
import { TableCard } from './Card';

const num = (text: string) => ({ text, numeric: true }) as const;
const head = ['Symbol', num('Quantity'), num('Average'), num('Last'), num('Unrealised'), num('Realised'), num('Fees')];
const tone = (value: number): string => (value > 0 ? 'up' : value < 0 ? 'down' : '');

export function PositionsTable({ positions, decimals }: { positions: readonly Position[]; decimals: (symbol: string) => number }) {
  return (
    <TableCard title="Positions" className="area-positions" head={head} empty={positions.length === 0 ? 'No positions.' : null}>
      {positions.map((position) => (
        <PositionRow key={position.symbol} position={position} decimals={decimals(position.symbol)} />
      ))}
    </TableCard>
  );
}

const PositionRow = memo(function PositionRow({ position, decimals }: { position: Position; decimals: number }) {
  return (
    <tr data-testid="position-row" data-symbol={position.symbol}>
      <th scope="row">{position.symbol}</th>
      <td data-label="Quantity" className="num" data-value={position.qty}>
        {position.qty !== 0 && <span className={position.qty > 0 ? 'up' : 'down'}>{position.qty > 0 ? 'Long ' : 'Short '}</span>}
        {quantity(Math.abs(position.qty))}
      </td>
      <td data-label="Average" className="num">{position.qty === 0 ? '–' : price(position.average_price, decimals)}</td>
      <td data-label="Last" className="num">{price(position.last_price, decimals)}</td>
      <td data-label="Unrealised" className={`num ${tone(position.unrealised_pnl)}`}>{signed(position.unrealised_pnl)}</td>
      <td data-label="Realised" className={`num ${tone(position.realised_pnl)}`}>{signed(position.realised_pnl)}</td>
      <td data-label="Fees" className="num">{price(position.fees)}</td>
    </tr>
  );
});
