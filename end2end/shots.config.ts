// `npx playwright test --config shots.config.ts` takes a picture of every page: both themes, a wide and a narrow screen.
import { defineConfig } from '@playwright/test';

import { launchOptions } from './house/chromium';

export default defineConfig({
  testDir: '.',
  testMatch: 'shots.ts',
  outputDir: 'test-results',
  workers: Number(process.env.STEWARD_WORKERS ?? 2),
  fullyParallel: true,
  timeout: 240_000,
  reporter: 'list',
  use: { launchOptions, locale: 'en-GB', timezoneId: 'UTC' },
  projects: [{ name: 'javascript' }],
});
