import { playwright } from '@vitest/browser-playwright';
import { defineConfig } from 'vitest/config';

/**
 * Contract tests with real workers in a real browser (STYLE rule 35), twice: cross-origin isolated (columns shared,
 * a pool that scores) and not (one worker does everything). CUTLINE_CHROMIUM names the browser, else /usr/bin/chromium.
 */
const isolation = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
};

const chromium = playwright({
  launchOptions: {
    executablePath: process.env.CUTLINE_CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--no-first-run'],
  },
});

function project(name: string, headers: Record<string, string>) {
  return {
    worker: { format: 'es' as const },
    optimizeDeps: { include: ['onnxruntime-web/wasm', 'comlink', '@tanstack/react-query', 'fast-check'] },
    server: { headers },
    test: {
      name,
      include: ['{src,workers}/**/*.browser.test.ts'],
      testTimeout: 60_000,
      browser: {
        enabled: true,
        headless: true,
        screenshotFailures: false,
        provider: chromium,
        instances: [{ browser: 'chromium' as const, name: `${name}, in chromium` }],
      },
    },
  };
}

export default defineConfig({
  test: { projects: [project('isolated', isolation), project('not isolated', {})] },
});
