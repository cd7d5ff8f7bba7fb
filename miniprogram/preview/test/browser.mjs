import { chromium } from 'playwright-core'

/** Debian's Chromium, without what a test machine lacks and what would call out. */
export const launch = () =>
  chromium.launch({
    executablePath: process.env.PHOENIX_CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
  })
