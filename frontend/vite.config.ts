import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';

// Aspire hands a referenced endpoint over as services__<resource>__<endpoint>__0.
const backend =
  process.env['services__backend__http__0'] ?? process.env['BACKEND_HTTP'] ?? 'http://localhost:8000';
const port = Number(process.env['PORT'] ?? 8080);

// One rule carries REST and the WebSocket below it (/api/ws/monitor).
const proxy = { '/api': { target: backend, ws: true } };

export default defineConfig({
  plugins: [react()],
  server: { host: '127.0.0.1', port, strictPort: true, proxy },
  preview: { host: '127.0.0.1', port, strictPort: true, proxy },
  build: { target: 'es2022', sourcemap: false, chunkSizeWarningLimit: 700 },
  test: { environment: 'happy-dom', include: ['src/**/*.test.{ts,tsx}'], restoreMocks: true },
});
