import type { TestModule } from 'vitest/node';

/** Prints the counts as one plain last line: `N passed, N failed, N skipped`. A file that could not be loaded counts as one failure. */
export class PlainReporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    const states = modules.flatMap((module) => [...module.children.allTests()].map((test) => test.result().state));
    const unloaded = modules.filter((module) => module.errors().length > 0).length;
    const count = (state: string): number => states.filter((each) => each === state).length;
    process.stdout.write(
      `${count('passed')} passed, ${count('failed') + unloaded} failed, ${count('skipped')} skipped\n`,
    );
  }
}
