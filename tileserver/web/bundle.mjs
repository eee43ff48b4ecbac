// Checks and bundles the pages, compresses them, and writes assets.cpp, which takes them into the executable.
// node bundle.mjs SOURCE WORK OUTPUT: WORK holds node_modules, OUTPUT gets assets.cpp and the folder assets.
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, join } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

const [source, work, output] = process.argv.slice(2);
const pages = ["map.ts", "document.ts", "kiosk/kiosk.ts", "moderation/moderation.ts", "summary/summary.ts"];
const packages = join(work, "node_modules");
const require = createRequire(join(work, "package.json"));

const contentTypes = {
  html: "text/html; charset=utf-8",
  js: "text/javascript; charset=utf-8",
  mjs: "text/javascript; charset=utf-8",
  css: "text/css; charset=utf-8",
  svg: "image/svg+xml; charset=utf-8",
  txt: "text/plain; charset=utf-8",
};

/** The sources as seen beside node_modules: tsc and esbuild look for packages in the folders above a file. */
function linkedSource() {
  const link = join(work, "source");
  rmSync(link, { force: true });
  symlinkSync(source, link);
  return link;
}

function checkTypes(project) {
  try {
    execFileSync(process.execPath, [require.resolve("typescript/bin/tsc"), "--project", project], {
      stdio: ["ignore", "pipe", "inherit"],
    });
  } catch (error) {
    process.stderr.write(String(error.stdout ?? error));
    process.exit(1);
  }
}

/** Each page's script by name, whole in one file but for what it loads later; MapLibre, the larger part of them all,
 * stands in a file of its own that the pages share. */
function bundledScripts(folder) {
  const files = pages.flatMap(
    (page) =>
      require("esbuild").buildSync({
        absWorkingDir: folder,
        entryPoints: [join(folder, page)],
        bundle: true,
        splitting: true,
        external: ["maplibre-gl"],
        outdir: folder,
        entryNames: "[name]",
        chunkNames: "later-[hash]",
        format: "esm",
        minify: true,
        // Chrome 111, Firefox 115 (the last for Windows 7 and 8), Safari 16.4: what a town hall's desktop may have.
        target: ["chrome111", "firefox115", "safari16.4"],
        preserveSymlinks: true,
        legalComments: "eof",
        write: false,
        logLevel: "warning",
      }).outputFiles,
  );
  const ours = (text) => Buffer.from(text.replaceAll(/\bfrom\s*"maplibre-gl"/g, 'from"./maplibre-gl.mjs"'));
  return files.map((file) => [basename(file.path), ours(file.text)]);
}

/** The kiosk's worker. It knows which files its page needs, and is another worker whenever one of them changes. */
function bundledWorker(folder, files) {
  const hash = createHash("sha256");
  for (const [path, body] of files) hash.update(path).update(body);
  const { outputFiles } = require("esbuild").buildSync({
    absWorkingDir: folder,
    entryPoints: [join(folder, "kiosk/worker/worker.ts")],
    bundle: true,
    format: "iife",
    minify: true,
    target: ["chrome111", "firefox115", "safari16.4"],
    define: {
      KIOSK_FILES: JSON.stringify([...files.keys()].filter((path) => path !== "kiosk.html")),
      KIOSK_VERSION: JSON.stringify(hash.digest("hex").slice(0, 16)),
    },
    preserveSymlinks: true,
    write: false,
    logLevel: "warning",
  });
  return Buffer.from(outputFiles[0].contents);
}

/** What the page of the kiosk loads, by path. */
function kioskFiles(files) {
  const kept = new Map();
  const keep = (path) => {
    if (kept.has(path)) return;
    const body = files.get(path);
    if (body === undefined) throw new Error(`the kiosk's page names ${path}, which is not among the files`);
    kept.set(path, body);
    if (!path.endsWith(".js")) return;
    for (const [, part] of String(body).matchAll(/(?:from|import)\s*\(?"\.\/([^"]+\.m?js)"/g)) keep(part);
  };
  keep("kiosk.html");
  for (const [, path] of String(files.get("kiosk.html")).matchAll(/"assets\/([^"]+)"/g)) keep(path);
  keep("maplibre-gl-worker.mjs");
  return kept;
}

/** A package's file, without the pointer to a source map that is not served. */
function packaged(path) {
  return Buffer.from(readFileSync(join(packages, path), "utf8").replace(/\n\/[/*]# sourceMappingURL=.*\s*$/, "\n"));
}

/** One file for a page's own rules and the map's: a request less before the map is drawn. */
function mapStyles() {
  return Buffer.concat([
    packaged("maplibre-gl/dist/maplibre-gl.css"),
    styles("base.css", "map.css", "planner.css", "print.css"),
  ]);
}

/** A page whose file begins with its body: such pages differ in nothing above it. */
function headed(name, title) {
  const head = readFileSync(join(source, "head.html"), "utf8").replaceAll("{name}", name).replace("{title}", title);
  return Buffer.from(head + readFileSync(join(source, name, `${name}.html`), "utf8"));
}

function styles(...names) {
  return Buffer.concat(names.map((name) => readFileSync(join(source, name))));
}

/** The licences of every package that reaches the reader, as their authors ask. */
function licences() {
  const lock = JSON.parse(readFileSync(join(work, "package-lock.json"), "utf8"));
  const texts = [];
  for (const [path, entry] of Object.entries(lock.packages)) {
    if (path === "" || entry.dev || !existsSync(join(work, path))) continue;
    const file = readdirSync(join(work, path)).find((name) => /^licen[cs]e/i.test(name));
    const text = file ? readFileSync(join(work, path, file), "utf8").trim() : `Licence: ${entry.license}`;
    texts.push(`${path.replace(/^.*node_modules\//, "")} ${entry.version}\n\n${text}\n`);
  }
  return Buffer.from(texts.join(`\n${"-".repeat(72)}\n\n`));
}

function assembly(symbol, file) {
  // Absolute path: the assembler looks from wherever the compiler was started. The zero ends the last byte's symbol.
  return [
    '    ".section .rodata\\n"',
    `    ".global ${symbol}\\n.global ${symbol}_end\\n"`,
    `    "${symbol}:\\n.incbin ${JSON.stringify(file).replaceAll("\\", "\\\\").replaceAll('"', '\\"')}\\n"`,
    `    "${symbol}_end:\\n.byte 0\\n"`,
    '    ".previous\\n"',
  ].join("\n");
}

/** The body, and what of it is smaller when compressed. Once at build time: the slowest levels cost nobody anything. */
function encoded(body) {
  const br = brotliCompressSync(body, {
    params: {
      [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT,
      [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
      [constants.BROTLI_PARAM_SIZE_HINT]: body.length,
    },
  });
  const gzip = gzipSync(body, { level: 9 });
  return {
    body,
    ...(gzip.length < body.length ? { gzip } : {}),
    ...(br.length < body.length ? { br } : {}),
  };
}

const suffixes = { body: "", gzip: ".gz", br: ".br" };

/** Writes the files and the C++ that takes them in; paths in order, so that the table can be searched. */
function writeAssets(files) {
  const folder = join(output, "assets");
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const declarations = [];
  const blocks = [];
  const rows = [];
  [...files.keys()].sort().forEach((path, number) => {
    const body = files.get(path);
    const views = {};
    for (const [part, bytes] of Object.entries(encoded(body))) {
      const file = join(folder, path + suffixes[part]);
      writeFileSync(file, bytes);
      const symbol = `geoprio_asset_${number}_${part}`;
      declarations.push(`extern const char ${symbol}[];\nextern const char ${symbol}_end[];`);
      blocks.push(assembly(symbol, file));
      views[part] = `{${symbol}, static_cast<std::size_t>(${symbol}_end - ${symbol})}`;
    }
    const etag = createHash("sha256").update(body).digest("hex").slice(0, 16);
    const type = contentTypes[path.split(".").pop()];
    rows.push(`    {"${path}", {${views.body}, ${views.gzip ?? "{}"}, ${views.br ?? "{}"}, "${type}", "\\"${etag}\\""}},`);
  });
  writeFileSync(
    join(output, "assets.cpp"),
    `// Written by ${basename(process.argv[1])}.
#include "tileserver/web/assets.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <utility>

asm(
${blocks.join("\n")});

extern "C" {
${declarations.join("\n")}
}

namespace geoprio::web {

const Asset* asset(std::string_view path) {
  static const std::array<std::pair<std::string_view, Asset>, ${rows.length}> assets{{
${rows.join("\n")}
  }};
  const auto found = std::lower_bound(assets.begin(), assets.end(), path,
                                      [](const auto& row, std::string_view wanted) { return row.first < wanted; });
  return found != assets.end() && found->first == path ? &found->second : nullptr;
}

}  // namespace geoprio::web
`,
  );
}

const folder = linkedSource();
for (const project of ["tsconfig.json", "kiosk/worker/tsconfig.json"]) checkTypes(join(folder, project));
const files = new Map([
  ["index.html", readFileSync(join(source, "index.html"))],
  ["map.css", mapStyles()],
  ["favicon.svg", readFileSync(join(source, "favicon.svg"))],
  ["document.css", readFileSync(join(source, "document.css"))],
  ["kiosk.html", readFileSync(join(source, "kiosk/kiosk.html"))],
  ["kiosk.css", readFileSync(join(source, "kiosk/kiosk.css"))],
  ["moderation.html", headed("moderation", "Modération des contributions")],
  ["moderation.css", styles("base.css", "moderation/moderation.css")],
  ["summary.html", headed("summary", "Synthèse des contributions")],
  ["summary.css", styles("base.css", "summary/summary.css")],
  ...bundledScripts(folder),
  ["maplibre-gl.mjs", packaged("maplibre-gl/dist/maplibre-gl.mjs")],
  ["maplibre-gl-worker.mjs", packaged("maplibre-gl/dist/maplibre-gl-worker.mjs")],
  ["maplibre-gl.css", packaged("maplibre-gl/dist/maplibre-gl.css")],
  ["licences.txt", licences()],
]);
files.set("kiosk_worker.js", bundledWorker(folder, kioskFiles(files)));
writeAssets(files);
