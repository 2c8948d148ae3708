// Builds static/src into static/dist: a stylesheet and a script for each entry, the faces, the pictures.
import { build } from "esbuild";
import { createHash } from "node:crypto";
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { basename, dirname, join, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";
import * as sass from "sass";
import { iconPng } from "./icon.mjs";

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

const COMMON = { outdir: dist, bundle: true, minify: true, target: "es2020", logLevel: "warning" };

/** What several scripts need is one file, so that a page with two of them has it once, in one state. */
async function buildScripts() {
  const { metafile } = await build({
    ...COMMON,
    metafile: true,
    entryPoints: entries("scripts", ".ts").map((name) => join(source, "scripts", name)),
    format: "esm",
    splitting: true,
    chunkNames: "shared.[hash]",
  });
  listParts(metafile.outputs);
  await build({ ...COMMON, entryPoints: [join(source, "scripts", "worker", "sw.ts")], format: "iife" });
}

/** For each script the shared parts that it needs: pages ask for them at once, not when the script has come. */
function listParts(outputs) {
  const isAtOnce = (part) => part.kind === "import-statement";
  const partsOf = (path) => outputs[path].imports.filter(isAtOnce).flatMap((part) => [part.path, ...partsOf(part.path)]);
  // A part that is loaded only when it is needed counts as an entry, too.
  const isPart = (path) => basename(path).startsWith("shared.");
  const scripts = Object.keys(outputs).filter((path) => outputs[path].entryPoint && !isPart(path));
  const listed = scripts.map((path) => [basename(path), [...new Set(partsOf(path))].map((part) => basename(part))]);
  writeFileSync(join(dist, "scripts.json"), JSON.stringify(Object.fromEntries(listed)));
}

function buildIcons() {
  for (const size of [192, 512]) writeFileSync(join(dist, "images", `icon-${size}.png`), iconPng(size));
}

/** Every file with a hash of its content, from which the service worker's list and version are made. */
function listAssets() {
  const files = readdirSync(dist, { recursive: true }).filter((name) => statSync(join(dist, name)).isFile());
  const hash = (name) => createHash("sha256").update(readFileSync(join(dist, name))).digest("hex").slice(0, 16);
  const listed = files.sort().map((name) => [relative(dist, join(dist, name)).split(sep).join("/"), hash(name)]);
  writeFileSync(join(dist, "assets.json"), JSON.stringify(Object.fromEntries(listed), null, 1));
}

rmSync(dist, { recursive: true, force: true });
copyFaces();
cpSync(join(source, "images"), join(dist, "images"), { recursive: true });
buildIcons();
buildStyles();
await buildScripts();
listAssets();
