// Writes the counts of a run where scripts/test reads them.
import { writeFileSync } from 'node:fs';

import type { Reporter, TestCase, TestResult } from '@playwright/test/reporter';

export default class Counts implements Reporter {
  private readonly counts: Record<string, { passed: number; failed: number; skipped: number }> = {};

  onTestEnd(test: TestCase, result: TestResult): void {
    const project = test.parent.project()?.name ?? 'browser';
    const counts = (this.counts[project] ??= { passed: 0, failed: 0, skipped: 0 });
    if (result.status === 'passed') counts.passed += 1;
    else if (result.status === 'skipped') counts.skipped += 1;
    else counts.failed += 1;
  }

  onEnd(): void {
    const lines = Object.entries(this.counts).map(
      ([project, { passed, failed, skipped }]) => `browser ${project}: ${passed} passed, ${failed} failed, ${skipped} skipped\n`,
    );
    writeFileSync(process.env.STEWARD_COUNTS!, lines.join(''));
  }
}
