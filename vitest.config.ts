import { defineConfig } from 'vitest/config';

const slow = process.env.CUTLINE_LANE === 'slow';

export default defineConfig({
  test: {
    include: ['{src,workers,cli,server,scripts}/**/*.test.{ts,tsx}'],
    // Real workers need a real browser: vitest.browser.config.ts.
    exclude: ['**/*.browser.test.ts', '**/node_modules/**'],
    environment: 'node',
    // Property tests of parsers and the fence proofs (which run the compiler) need more than the default 5 s on 2 busy cores.
    testTimeout: slow ? 600_000 : 60_000,
    pool: 'forks',
    setupFiles: ['fixtures/law-seed.ts'],
  },
});
