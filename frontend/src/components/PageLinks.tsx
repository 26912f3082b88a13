import { addressOf, type Place } from '../state/pages';

const links: readonly { place: Place; text: string }[] = [
  { place: { page: 'overview' }, text: 'Overview' },
  { place: { page: 'models' }, text: 'Models' },
  { place: { page: 'jobs' }, text: 'Jobs' },
];

/** Links to the pages; the one that is shown says so to screen readers too. */
export function PageLinks({ place }: { place: Place }) {
  return (
    <nav className="pages" aria-label="Pages" data-testid="pages">
      {links.map((link) => (
        <a key={link.text} href={addressOf(link.place)} aria-current={link.place.page === place.page ? 'page' : undefined}>{link.text}</a>
      ))}
    </nav>
  );
}
