import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';

const root = path.resolve(__dirname, '..', '..');

const others = ['node_modules', 'build', '.git', '.data', '.godot'];

function pagesIn(folder: string): string[] {
  return readdirSync(path.join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const place = path.join(folder, entry.name);
    if (entry.isDirectory()) return others.includes(entry.name) ? [] : pagesIn(place);
    return entry.name.endsWith('.md') ? [place] : [];
  });
}

const pages = pagesIn('');

const withoutCode = (text: string) => text.replace(/^(```|~~~).*?^\1$/gms, '').replace(/`[^`\n]*`/g, 'code');

/** The anchors of a page's headings, as GitHub and GitLab make them. */
function anchorsIn(text: string): Set<string> {
  const headings = text.replace(/^```.*?^```$/gms, '').matchAll(/^#+ (.*)$/gm);
  const anchors = new Set<string>();
  for (const [, heading = ''] of headings) {
    const plain = heading.replace(/\[([^\]]*)\]\([^)]*\)/g, '$1').toLowerCase();
    const anchor = plain.replace(/[^\p{L}\p{N}\s_-]/gu, '').replace(/\s/g, '-');
    let unique = anchor;
    for (let i = 1; anchors.has(unique); i++) unique = `${anchor}-${i}`;
    anchors.add(unique);
  }
  for (const [, id = ''] of text.matchAll(/<a id="([^"]+)">/g)) anchors.add(id);
  return anchors;
}

/** Links of a page to what is not in the repository. */
function brokenLinks(page: string, text: string): string[] {
  const targets = [...withoutCode(text).matchAll(/\]\(([^)\s]+)\)/g)].map(([, target]) => target as string);
  return targets.filter((target) => {
    if (/^[a-z]+:/.test(target)) return false;
    const [file = '', anchor] = target.split('#');
    const linked = path.join(root, file === '' ? page : path.join(path.dirname(page), file));
    if (!existsSync(linked)) return true;
    if (anchor === undefined || statSync(linked).isDirectory() || !linked.endsWith('.md')) return false;
    return !anchorsIn(readFileSync(linked, 'utf8')).has(anchor);
  });
}

test.each(pages)('the links of %s lead somewhere', (page) => {
  expect(brokenLinks(page, readFileSync(path.join(root, page), 'utf8'))).toEqual([]);
});

test('a link to a file or a heading that is not there is found', () => {
  const text =
    '# Read `me`\n[a](#read-me) [b](#nowhere) [c](LICENSE) [d](GONE.md) [e](docs/protocol.md#opcodes) [f](https://x.y)';
  expect(brokenLinks('README.md', text)).toEqual(['#read-me', '#nowhere', 'GONE.md']);
});
