import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';

const folder = path.resolve(__dirname, '..', '..', 'monitoring');

export interface Panel {
  readonly id: number;
  readonly type: string;
  readonly title: string;
  readonly datasource?: { readonly uid: string };
  readonly gridPos: { readonly x: number; readonly y: number; readonly w: number; readonly h: number };
  readonly targets?: readonly { readonly refId: string; readonly expr: string }[];
}

export interface Dashboard {
  readonly uid: string;
  readonly title: string;
  readonly schemaVersion: number;
  readonly panels: readonly Panel[];
  readonly templating: { readonly list: readonly { readonly name: string }[] };
}

interface Rule {
  readonly alert: string;
  readonly expr: string;
  readonly annotations: { readonly summary: string };
}

export const readYaml = (file: string) => parse(readFileSync(path.join(folder, file), 'utf8'));

export const dashboard: Dashboard = JSON.parse(
  readFileSync(path.join(folder, 'grafana/dashboards/online-match.json'), 'utf8'),
);

export const alerts: readonly Rule[] = readYaml('alerts.yml').groups.flatMap(
  ({ rules }: { rules: readonly Rule[] }) => rules,
);

/** Every expression that the dashboard or an alert asks of Prometheus. */
export const expressions: readonly string[] = [
  ...dashboard.panels.flatMap(({ targets = [] }) => targets.map(({ expr }) => expr)),
  ...alerts.map(({ expr }) => expr),
];

/** The names of the metrics in an expression: whatever is neither tag, nor text, nor function. */
export function metricsIn(expression: string): string[] {
  const bare = expression
    .replace(/"[^"]*"/g, '')
    .replace(/\{[^}]*\}|\[[^\]]*\]/g, '')
    .replace(/\bby \([^)]*\)/g, '');
  return [...bare.matchAll(/[a-z_]\w*\b(?!\s*\()/g)].map(([name]) => name);
}

/** The tags that an expression picks by, each with its words: `[['kind', ['join']]]`. */
export function tagsIn(expression: string): [tag: string, words: string[]][] {
  return [...expression.matchAll(/(\w+)=~?"([^"]*)"/g)].map(([, tag, words]) => [
    tag as string,
    (words as string).split('|'),
  ]);
}
