// Builds static/src into static/dist: one stylesheet, one script a page kind, the faces, the pictures.
import { build } from "esbuild";
import { cpSync, mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import * as sass from "sass";

const here = dirname(fileURLToPath(import.meta.url));
const source = join(here, "src");
const dist = join(here, "dist");
const modules = join(here, "..", "node_modules");

const SCRIPTS = { en: ["latin"], vi: ["latin-ext", "vietnamese"] };
const FACES = [
  ...[...SCRIPTS.en, ...SCRIPTS.vi].map((script) => ["noto-sans", script]),
  ["noto-sans-khmer", "khmer"],
  ["noto-sans-thai", "thai"],
];
const WEIGHTS = [400, 600];

rmSync(dist, { recursive: true, force: true });
mkdirSync(join(dist, "fonts"), { recursive: true });
for (const [family, script] of FACES) {
  for (const weight of WEIGHTS) {
    const file = `${family}-${script}-${weight}-normal.woff2`;
    cpSync(join(modules, "@fontsource", family, "files", file), join(dist, "fonts", file));
  }
}
cpSync(join(source, "images"), join(dist, "images"), { recursive: true });

const compiled = sass.compile(join(source, "styles", "site.scss"), {
  loadPaths: [modules],
  style: "compressed",
  quietDeps: true,
  silenceDeprecations: ["import"],
  importers: [{ findFileUrl: (url) => (url.startsWith("bootstrap/") ? new URL(url, pathToFileURL(modules + "/")) : null) }],
});
writeFileSync(join(dist, "site.css"), compiled.css);

const scripts = readdirSync(join(source, "scripts")).filter((name) => name.endsWith(".ts"));
await build({
  entryPoints: scripts.map((name) => join(source, "scripts", name)),
  outdir: dist,
  bundle: true,
  minify: true,
  format: "esm",
  target: "es2020",
  logLevel: "warning",
});
