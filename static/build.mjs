// Builds static/src into static/dist: a stylesheet and a script for each entry, the faces, the pictures.
import { build } from "esbuild";
import { cpSync, mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import * as sass from "sass";

const here = dirname(fileURLToPath(import.meta.url));
const source = join(here, "src");
const dist = join(here, "dist");
const modules = join(here, "..", "node_modules");

// Family, script, weights. Vietnamese marks are split over two files; the PDF renderer takes signs such as ≥ from Math.
const FACES = [
  ["noto-sans", "latin", [400, 600]],
  ["noto-sans", "latin-ext", [400, 600]],
  ["noto-sans", "vietnamese", [400, 600]],
  ["noto-sans-khmer", "khmer", [400, 600]],
  ["noto-sans-thai", "thai", [400, 600]],
  ["noto-sans-math", "latin", [400]],
];

function copyFaces() {
  mkdirSync(join(dist, "fonts"), { recursive: true });
  for (const [family, script, weights] of FACES) {
    for (const weight of weights) {
      const file = `${family}-${script}-${weight}-normal.woff2`;
      cpSync(join(modules, "@fontsource", family, "files", file), join(dist, "fonts", file));
    }
  }
}

/** Names of the entries in a folder; a leading underscore marks a part of another file. */
function entries(folder, ending) {
  return readdirSync(join(source, folder)).filter((name) => name.endsWith(ending) && !name.startsWith("_"));
}

function buildStyles() {
  for (const name of entries("styles", ".scss")) {
    const { css } = sass.compile(join(source, "styles", name), {
      loadPaths: [modules],
      style: "compressed",
      quietDeps: true,
      silenceDeprecations: ["import"],
    });
    writeFileSync(join(dist, `${basename(name, ".scss")}.css`), css);
  }
}

async function buildScripts() {
  await build({
    entryPoints: entries("scripts", ".ts").map((name) => join(source, "scripts", name)),
    outdir: dist,
    bundle: true,
    minify: true,
    format: "esm",
    target: "es2020",
    logLevel: "warning",
  });
}

rmSync(dist, { recursive: true, force: true });
copyFaces();
cpSync(join(source, "images"), join(dist, "images"), { recursive: true });
buildStyles();
await buildScripts();
