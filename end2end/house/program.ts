// Starts the program `steward`, waits until it is ready, and ends it by its own pid.
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { createServer } from 'node:net';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const workspace = resolve(dirname(fileURLToPath(import.meta.url)), '../..');
const target = resolve(workspace, process.env.CARGO_TARGET_DIR ?? 'target');

/** The program under test; `scripts/test` builds it. */
export const binary = process.env.STEWARD_PROGRAM ?? join(target, 'debug/steward');

/** A running `steward`. */
export class Program {
  private out = '';
  private log = '';

  private constructor(private readonly child: ChildProcess) {
    child.stdout!.setEncoding('utf8').on('data', (text: string) => (this.out += text));
    child.stderr!.setEncoding('utf8').on('data', (text: string) => (this.log = (this.log + text).slice(-200_000)));
  }

  static start(...words: string[]): Program {
    // Settings of whoever runs the tests must not reach the program.
    const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('STEWARD_')));
    return new Program(spawn(binary, words, { stdio: ['ignore', 'pipe', 'pipe'], env: { ...env, NO_COLOR: '1' } }));
  }

  /** Runs a command to its end. */
  static run(...words: string[]): { code: number | null; out: string } {
    const { status, stdout, stderr } = spawnSync(binary, words, { encoding: 'utf8' });
    return { code: status, out: stdout + stderr };
  }

  /** Waits until what it printed, or its log, says this. */
  async says(words: RegExp): Promise<RegExpMatchArray> {
    const until = Date.now() + 20_000;
    while (Date.now() < until) {
      const found = this.out.match(words) ?? this.log.match(words);
      if (found) return found;
      if (this.child.exitCode !== null) break;
      await new Promise((wake) => setTimeout(wake, 20));
    }
    throw new Error(`${binary} did not say ${words}:\n${this.out}\n${this.log}`);
  }

  /** All it printed. */
  get printed(): string {
    return this.out;
  }

  /** The end of its log. */
  get logged(): string {
    return this.log;
  }

  /** Ends it at once: nothing it holds outlives the specs. */
  async stop(): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    const gone = new Promise((wake) => this.child.once('exit', wake));
    this.child.kill('SIGKILL');
    await gone;
  }
}

/** A port that is free now. */
export function freePort(): Promise<number> {
  return new Promise((found, failed) => {
    const server = createServer();
    server.once('error', failed);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number };
      server.close(() => found(port));
    });
  });
}
