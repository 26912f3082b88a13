import { memo } from 'react';
import type { Order } from '../api/types';
import { price, quantity, time, words } from '../format';
import { TableCard } from './Card';
import { SideTag } from './SideTag';

const num = (text: string) => ({ text, numeric: true }) as const;
const head = ['Time', 'Symbol', 'Side', 'Type', num('Filled / quantity'), num('Price'), 'Status'];

interface Props {
  orders: readonly Order[];
  total: number | undefined;
  decimals: (symbol: string) => number;
  onExplain: (decisionId: string) => void;
}

export function OrdersTable({ orders, total, decimals, onExplain }: Props) {
  return (
    <TableCard title="Orders" className="area-orders" count={total} head={head} empty={orders.length === 0 ? 'No orders yet.' : null}>
      {orders.map((order) => (
        <Row key={order.id} order={order} decimals={decimals(order.symbol)} onExplain={onExplain} />
      ))}
    </TableCard>
  );
}

const Row = memo(function Row({ order, decimals, onExplain }: {
  order: Order; decimals: number; onExplain: (decisionId: string) => void;
}) {
  const decision = order.decision_id;
  const refused = order.status === 'DENIED' || order.status === 'REJECTED';
  return (
    <tr data-testid="order-row" data-id={order.id} data-status={order.status} className={decision ? 'opens' : ''}
      onClick={decision ? () => onExplain(decision) : undefined}>
      <td data-label="Time" className="mono muted">{time(order.event_time)}</td>
      <th scope="row">
        {decision ? (
          <button type="button" className="link" data-testid="explain-order"
            onClick={(event) => { event.stopPropagation(); onExplain(decision); }}
            aria-label={`Explain the order for ${order.symbol} at ${time(order.event_time)}`}>{order.symbol}</button>
        ) : order.symbol}
      </th>
      <td data-label="Side"><SideTag side={order.side} /></td>
      <td data-label="Type">{words(order.type.toLowerCase())}</td>
      <td data-label="Filled" className="num">{quantity(order.filled_qty)} / {quantity(order.qty)}</td>
      <td data-label="Price" className="num">{price(order.average_price ?? order.price, decimals)}</td>
      <td data-label="Status" className={refused ? 'down' : order.status === 'FILLED' ? 'up' : ''} title={order.reason ?? undefined}>
        {words(order.status.toLowerCase())}
        {refused && order.reason && <span className="reason">{order.reason}</span>}
      </td>
    </tr>
  );
});
