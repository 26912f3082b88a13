import { Component, type ReactNode } from 'react';

/** Says that the page failed, where React would leave it blank. */
export class PageGuard extends Component<{ children: ReactNode }, { failure: string | null }> {
  override state: { failure: string | null } = { failure: null };

  static getDerivedStateFromError(failure: unknown): { failure: string } {
    return { failure: failure instanceof Error ? failure.message : String(failure) };
  }

  override render(): ReactNode {
    const { failure } = this.state;
    return failure === null ? this.props.children : (
      <main className="sign-in">
        <section className="card sign-in-card" role="alert" data-testid="page-failed">
          <h1>The page failed</h1>
          <p>What it shows is not kept here: nothing is lost, and trading goes on. Reload to see it again.</p>
          <p className="muted mono">{failure}</p>
          <button type="button" className="primary" onClick={() => window.location.reload()}>Reload</button>
        </section>
      </main>
    );
  }
}
