// @ts-check
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { compress } from './build/compress.js';

/** `npm run dev` passes on what is the server's. It has to be told that people come here: `PUBLIC_URL=http://localhost:5173`. */
const server = 'http://localhost:4400';

export default defineConfig({
  // Relative to the page's <base>, which the server sets: the page works below any path.
  base: './',
  // The server writes a new one into every answer.
  html: { cspNonce: 'NONCE-OF-THIS-ANSWER' },
  plugins: [react(), compress()],
  resolve: { conditions: ['@anyforge/source'] },
  server: {
    port: 5173,
    strictPort: true,
    proxy: { '^/(api|oauth|health|sign-in)/': server },
  },
});
