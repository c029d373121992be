import { SingleBar } from 'cli-progress';
import type { Report } from '../../tools/stack/report.ts';

/** A bar on a terminal, plain lines elsewhere. */
export interface Progress {
  show(done: number, doing: string): void;
  end(): void;
}

export function progressOn(report: Report, total: number): Progress {
  if (!process.stdout.isTTY) {
    let last = '';
    return {
      show: (_, doing) => {
        if (doing !== last) report.say(`• ${doing}`);
        last = doing;
      },
      end: () => {},
    };
  }
  const bar = new SingleBar({
    format: '{bar} {percentage}% {doing}',
    hideCursor: true,
    clearOnComplete: true,
  });
  bar.start(total, 0, { doing: '' });
  return { show: (done, doing) => bar.update(Math.min(done, total), { doing }), end: () => bar.stop() };
}
