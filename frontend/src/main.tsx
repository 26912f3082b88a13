import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './App';
import { PageGuard } from './components/PageGuard';
import { applyTheme, loadTheme } from './theme';
import './styles/base.css';
import './styles/layout.css';
import './styles/parts.css';
import './styles/market.css';

applyTheme(loadTheme());

createRoot(document.getElementById('root') as HTMLElement).render(
  <StrictMode>
    <PageGuard>
      <App />
    </PageGuard>
  </StrictMode>,
);
