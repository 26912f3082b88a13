import { type ReactNode, useId } from 'react';

interface Props {
  title: string;
  className?: string;
  count?: number | undefined;
  actions?: ReactNode;
  children: ReactNode;
}

export function Card({ title, className = '', count, actions, children }: Props) {
  const id = useId();
  return (
    <section className={`card ${className}`} aria-labelledby={id}>
      <header className="card-head">
        <h2 id={id}>
          {title}
          {count !== undefined && <span className="count">{count.toLocaleString('en-US')}</span>}
        </h2>
        {actions}
      </header>
      {children}
    </section>
  );
}

/** A table that scrolls inside its card; reachable by keyboard, so that it can be scrolled without a mouse. */
export function TableCard({ title, className, count, actions, head, empty, children }: Props & {
  head: readonly (string | { text: string; numeric: true })[];
  /** What to say while there are no rows. */
  empty: string | null;
}) {
  return (
    <Card title={title} className={`table-card ${className ?? ''}`} count={count} actions={actions}>
      <div className="scroll" role="region" aria-label={title} tabIndex={0}>
        <table>
          <thead>
            <tr>
              {head.map((column) =>
                typeof column === 'string' ? (
                  <th key={column} scope="col">{column}</th>
                ) : (
                  <th key={column.text} scope="col" className="num">{column.text}</th>
                ),
              )}
            </tr>
          </thead>
          <tbody>{children}</tbody>
        </table>
        {empty && <p className="empty">{empty}</p>}
      </div>
    </Card>
  );
}
