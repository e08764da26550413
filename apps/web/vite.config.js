// @ts-check
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

export default defineConfig({
  // Relative to the page's <base>, which the server sets: the page works below any path.
  base: './',
  plugins: [react()],
  resolve: { conditions: ['@anyforge/source'] },
});
