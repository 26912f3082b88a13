/** How often each class was taken for each, read from a card's metrics `ACTUAL_said_SAID`. */
export interface Confusion {
  classes: string[];
  /** `counts[actual][said]`, in the order of the classes. */
  counts: number[][];
}

/** The confusion matrix of a card; null where it has none. */
export function confusionOf(metrics: Readonly<Record<string, number | null>>): Confusion | null {
  const cells = Object.entries(metrics).flatMap(([name, value]) => {
    const at = name.indexOf('_said_');
    return at > 0 && typeof value === 'number' ? [{ actual: name.slice(0, at), said: name.slice(at + '_said_'.length), value }] : [];
  });
  const classes = [...new Set(cells.map((cell) => cell.actual))];
  if (classes.length < 2) {
    return null;
  }

  const counts = classes.map((actual) =>
    classes.map((said) => cells.find((cell) => cell.actual === actual && cell.said === said)?.value ?? 0));
  return { classes, counts };
}

/** The metrics that are no cell of the matrix. */
export function plainMetrics(metrics: Readonly<Record<string, number | null>>): [string, number | null][] {
  return Object.entries(metrics).filter(([name]) => !name.includes('_said_'));
}
