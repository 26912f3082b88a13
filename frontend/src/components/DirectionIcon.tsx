/** An arrow beside the word that says the same. */
export function DirectionIcon({ up }: { up: boolean }) {
  return (
    <svg className="direction" viewBox="0 0 12 12" width="11" height="11" aria-hidden="true" data-direction={up ? 'up' : 'down'}>
      <path d={up ? 'M6 2 10.5 9.5H1.5Z' : 'M6 10 1.5 2.5H10.5Z'} fill="currentColor" />
    </svg>
  );
}
