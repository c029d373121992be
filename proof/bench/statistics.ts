import type { Figure } from './measure.ts';

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  const at = (index: number) => sorted[index] ?? Number.NaN;
  return sorted.length % 2 === 1 ? at(Math.floor(middle)) : (at(middle - 1) + at(middle)) / 2;
}

/** The value that such a share of them is not above. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;
}

export const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

/** One figure beside that of the reference: the ratio of the medians, and of the rounds one by one. */
export function ratios(of: Figure, to: Figure): { ratio: number; rounds: number[] } {
  const rounds =
    of.rounds.length === to.rounds.length
      ? of.rounds.map((value, round) => value / (to.rounds[round] as number))
      : [];
  return { ratio: median(of.rounds) / median(to.rounds), rounds };
}

/** Three digits that mean something. */
export function digits(value: number): string {
  if (!Number.isFinite(value)) return '–';
  const decimals = Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : 2;
  return value.toLocaleString('en', { minimumFractionDigits: decimals, maximumFractionDigits: decimals });
}

/** `1.23 (1.10–1.40)`: the middle, and the range of the rounds. */
export function withRange(middle: number, rounds: readonly number[]): string {
  if (rounds.length < 2) return digits(middle);
  return `${digits(middle)} (${digits(Math.min(...rounds))}–${digits(Math.max(...rounds))})`;
}
