/** BUY, SELL or HOLD: told by word and by colour, never by colour alone. */
export function SideTag({ side }: { side: 'BUY' | 'SELL' | 'HOLD' }) {
  return <span className={`tag ${side.toLowerCase()}`}>{side.charAt(0) + side.slice(1).toLowerCase()}</span>;
}
