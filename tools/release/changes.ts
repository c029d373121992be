import { Problem } from '../stack/problem.js';

/** What a changelog says of a version, without the heading; @throws a Problem where it says nothing. */
export function changesOf(version: string, changelog: string): string {
  const sections = changelog.split(/^## /m).slice(1);
  const section = sections.find((text) => text.split(/[\s,]/, 1)[0] === version);
  const entry = section?.replace(/^.*\n/, '').trim();
  if (entry) return `${entry}\n`;
  throw new Problem(`CHANGELOG.md says nothing of ${version}.`, `Give it a section "## ${version}".`);
}
