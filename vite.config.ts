import { readFileSync } from 'node:fs';
import tailwindcss from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

// Cross-origin isolation gives the workers SharedArrayBuffer; the server sends the same two headers.
const isolation = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
};

const { version } = JSON.parse(readFileSync(new URL('package.json', import.meta.url), 'utf8')) as {
  version: string;
};

export default defineConfig({
  // Named in the evidence of a decision.
  define: { 'import.meta.env.VITE_APP_VERSION': JSON.stringify(version) },
  plugins: [react(), tailwindcss()],
  worker: { format: 'es' },
  optimizeDeps: { include: ['onnxruntime-web/wasm'] },
  server: { headers: isolation },
  preview: { headers: isolation },
  // The server replaces this placeholder by a fresh nonce in each answer (react-aria adds <style> elements).
  html: { cspNonce: 'CUTLINE_CSP_NONCE' },
  build: { target: 'es2023', chunkSizeWarningLimit: 900 },
});
