import { price, quantity } from '../format';
import { depthOf, type Ladder } from '../state/book';

const [Wide, High] = [1000, 100];

/** What could be bought and sold at or before each price, as areas that meet at the mid; nothing where the book has the best prices only. */
export function DepthChart({ ladder, digits }: { ladder: Ladder; digits: number }) {
  const shape = depthOf(ladder);
  const [bid, ask] = [ladder.bids.at(-1), ladder.asks.at(-1)];
  if (!shape || !bid || !ask) {
    return null;
  }

  const path = (points: readonly (readonly [number, number])[]) => `M${points.map(([x, y]) => `${(x * Wide).toFixed(1)} ${((1 - y) * High).toFixed(1)}`).join('L')}Z`;
  return (
    <figure className="depth-chart" data-testid="depth-chart">
      <svg viewBox={`0 0 ${Wide} ${High}`} preserveAspectRatio="none" role="img"
        aria-label={`Depth: ${quantity(bid.total)} bid down to ${price(bid.price, digits)}, ${quantity(ask.total)} offered up to ${price(ask.price, digits)}`}>
        <path className="bids" d={path(shape.bids)} vectorEffect="non-scaling-stroke" />
        <path className="asks" d={path(shape.asks)} vectorEffect="non-scaling-stroke" />
      </svg>
      <span className="most muted">{quantity(ladder.deepest)}</span>
      <figcaption className="muted">
        {shape.prices.map((each, at) => <span key={at}>{price(each, digits)}</span>)}
      </figcaption>
    </figure>
  );
}
