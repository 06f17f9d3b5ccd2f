// Every spec runs twice: with JavaScript and without. What needs WebAssembly is named `*.hydrated.spec.ts`.
import { defineConfig } from '@playwright/test';

import { launchOptions } from './house/chromium';

export default defineConfig({
  testDir: 'specs',
  outputDir: 'test-results',
  // Every worker starts its own Steward, so specs cannot disturb each other; two is what a small machine carries.
  workers: Number(process.env.STEWARD_WORKERS ?? 2),
  fullyParallel: false,
  forbidOnly: !!process.env.CI,
  // A spec that fails once and passes once is a bug, not luck.
  retries: 0,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: process.env.STEWARD_COUNTS ? [['list'], ['./house/counts.ts']] : 'list',
  use: {
    launchOptions,
    viewport: { width: 1280, height: 900 },
    locale: 'en-GB',
    timezoneId: 'UTC',
    trace: 'off',
    actionTimeout: 10_000,
    navigationTimeout: 20_000,
    screenshot: 'only-on-failure',
  },
  projects: [
    { name: 'javascript' },
    { name: 'plain', testIgnore: '**/*.hydrated.spec.ts', use: { javaScriptEnabled: false } },
  ],
});
