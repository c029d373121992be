import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import { nkWith } from '../../kit/match/nk.ts';
import { alerts, dashboard, expressions, metricsIn, readYaml, tagsIn } from '../../kit/metrics/monitoring.ts';
import { recordingMetrics } from '../../kit/metrics/recording.ts';
import { showCounters } from '../../src/nakama/server/metric-series.ts';

const root = path.resolve(__dirname, '..', '..');
const read = (file: string) => readFileSync(path.join(root, file), 'utf8');
const compose = parse(read('docker-compose.yml'));
const { prometheus, grafana, nakama } = compose.services;
const sourceOf = (mount: string) => mount.split(':')[0] as string;

/** What the module counts, as in `{'online_match_refusals_total{code=busy,kind=join}': 0}`. */
function counted(): string[] {
  const { parts, counts } = recordingMetrics();
  showCounters(nkWith(parts));
  return Object.keys(counts);
}

describe('the compose profile `monitoring`', () => {
  test('is not started unless asked for, of pinned images, and listens on this machine only', () => {
    for (const service of [prometheus, grafana]) {
      expect(service.profiles).toEqual(['monitoring']);
      expect(service.image).toMatch(/:v?\d+\.\d+\.\d+$/);
      for (const port of service.ports) expect(port).toMatch(/^127\.0\.0\.1:/);
    }
    expect(nakama.profiles).toBeUndefined();
  });

  test('has a login from .env', () => {
    expect(grafana.environment.GF_SECURITY_ADMIN_PASSWORD).toMatch(/^\$\{GRAFANA_PASSWORD:\?/);
  });

  test('mounts what is there, at the places that the files name', () => {
    const mounts: readonly string[] = [...prometheus.volumes, ...grafana.volumes].filter((volume: string) =>
      volume.startsWith('./'),
    );
    for (const mount of mounts) expect(existsSync(path.join(root, sourceOf(mount)))).toBe(true);
    const inContainer = (file: string) =>
      mounts.find((mount) => sourceOf(mount) === `./monitoring/${file}`)?.split(':')[1];
    expect(prometheus.command).toContain(`--config.file=${inContainer('prometheus.yml')}`);
    expect(path.basename(inContainer('alerts.yml') ?? '')).toBe(readYaml('prometheus.yml').rule_files[0]);
    const [provider] = readYaml('grafana/provisioning/dashboards/online-match.yml').providers;
    expect(provider.options.path).toBe(inContainer('grafana/dashboards'));
    expect(grafana.environment.GF_DASHBOARDS_DEFAULT_HOME_DASHBOARD_PATH).toBe(
      `${inContainer('grafana/dashboards')}/online-match.json`,
    );
  });

  test('reads the port that local.yml opens, as often as Nakama exports', () => {
    const { metrics } = parse(read('local.yml'));
    const { global, scrape_configs } = readYaml('prometheus.yml');
    expect(scrape_configs[0].static_configs[0].targets).toEqual([`nakama:${metrics.prometheus_port}`]);
    expect(global.scrape_interval).toBe(`${metrics.reporting_freq_sec}s`);
  });

  test('gives Grafana the Prometheus that the dashboard names', () => {
    const [source] = readYaml('grafana/provisioning/datasources/prometheus.yml').datasources;
    expect(source.url).toBe('http://prometheus:9090');
    const used = dashboard.panels.flatMap(({ datasource }) => (datasource ? [datasource.uid] : []));
    expect(new Set(used)).toEqual(new Set([source.uid]));
  });
});

describe('the dashboard', () => {
  test('has what Grafana needs: ids and places of their own, and an expression for each target', () => {
    const { panels } = dashboard;
    expect(new Set(panels.map(({ id }) => id)).size).toBe(panels.length);
    const cells = panels.flatMap(({ gridPos: { x, y, w, h } }) =>
      Array.from({ length: w * h }, (_, i) => `${x + (i % w)} ${y + Math.floor(i / w)}`),
    );
    expect(new Set(cells).size).toBe(cells.length);
    for (const { type, title, targets = [], gridPos } of panels) {
      expect(title).not.toBe('');
      expect(gridPos.x + gridPos.w).toBeLessThanOrEqual(24);
      expect(targets.length > 0).toBe(type !== 'row');
      expect(new Set(targets.map(({ refId }) => refId)).size).toBe(targets.length);
    }
  });

  test('and the alerts ask for the module’s counters by names and tags that there are', () => {
    const series = counted();
    for (const expression of expressions) {
      const names = metricsIn(expression)
        .filter((name) => name.endsWith('_total') && name.startsWith('nakama_custom_'))
        .map((name) => name.replace('nakama_custom_', ''));
      const words = tagsIn(expression).filter(([tag]) =>
        ['kind', 'code', 'reason', 'way', 'why', 'phase'].includes(tag),
      );
      for (const name of names) expect(series.join(' ')).toContain(name);
      for (const [tag, [word]] of words) {
        expect(series.join(' ').replaceAll('-', '_')).toContain(`${tag}=${word}`);
      }
    }
    expect(expressions.length).toBeGreaterThan(20);
  });

  test('shows every counter of the module', () => {
    const shown = dashboard.panels.flatMap(({ targets = [] }) =>
      targets.flatMap(({ expr }) => metricsIn(expr)),
    );
    const names = new Set(counted().map((series) => `nakama_custom_${series.replace(/\{.*/, '')}`));
    expect([...names].filter((name) => !shown.includes(name))).toEqual([]);
  });
});

test('every alert says in a sentence what is the matter', () => {
  expect(alerts.length).toBeGreaterThan(0);
  for (const { alert, annotations } of alerts) {
    expect(alert).toMatch(/^[A-Z]\w+$/);
    expect(annotations.summary).toMatch(/\.$/);
  }
});
