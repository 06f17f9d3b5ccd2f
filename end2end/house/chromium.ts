// The browser is the one that Debian installs; nothing is downloaded.
import type { LaunchOptions } from '@playwright/test';

export const launchOptions: LaunchOptions = {
  executablePath: process.env.STEWARD_CHROMIUM ?? '/usr/bin/chromium',
  args: [
    '--headless',
    // As root there is no sandbox; the only pages opened are our own.
    '--no-sandbox',
    '--disable-gpu',
    '--disable-dev-shm-usage',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
  ],
};
