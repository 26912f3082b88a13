export function Logo() {
  return (
    <svg className="logo" viewBox="0 0 32 32" aria-hidden="true">
      <rect width="32" height="32" rx="7" fill="#1f5eff" />
      <path d="M6 21.5 12.5 14l4.5 4.5L26 9" fill="none" stroke="#fff" strokeWidth="3" strokeLinecap="round" strokeLinejoin="round" />
      <circle cx="26" cy="9" r="2.6" fill="#3ddc97" />
    </svg>
  );
}
