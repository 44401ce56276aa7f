// node bundle.mjs FOLDER MADE_FROM: bundles the entries beside this file into FOLDER, and writes FOLDER/packages.json,
// which names every package of which something is in a bundle, with its licence.
import { createHash } from "node:crypto";
import { mkdir, readFile, readdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { build } from "esbuild";

const ENTRIES = ["plot.js", "network.js", "layout.js"];
const [folder, madeFrom] = process.argv.slice(2);

const { metafile, outputFiles } = await build({
  entryPoints: ENTRIES,
  outdir: folder,
  write: false,
  bundle: true,
  format: "esm",
  target: "es2022",
  charset: "utf8",
  minify: true,
  legalComments: "none", // packages.json has every licence whole
  metafile: true,
  logLevel: "warning",
});

/** The folder of the package that a bundled file is of: node_modules/NAME or node_modules/@SCOPE/NAME, the innermost. */
function packageFolder(input) {
  const parts = input.split("/");
  const at = parts.lastIndexOf("node_modules");
  if (at < 0) return null;
  return parts.slice(0, at + (parts[at + 1].startsWith("@") ? 3 : 2)).join("/");
}

async function described(home, files) {
  const { name, version, license } = JSON.parse(await readFile(path.join(home, "package.json"), "utf8"));
  const legal = (await readdir(home)).filter((file) => /^(licen[sc]e|copying|unlicense)/i.test(file)).sort();
  const texts = await Promise.all(legal.map((file) => readFile(path.join(home, file), "utf8")));
  return { name, version, licence: license, text: texts.join("\n\n").replaceAll("\r\n", "\n").trim(), files };
}

const bundledIn = new Map();
for (const [output, { inputs }] of Object.entries(metafile.outputs)) {
  for (const [input, { bytesInOutput }] of Object.entries(inputs)) {
    const home = packageFolder(input);
    if (!home || !bytesInOutput) continue;
    bundledIn.set(home, (bundledIn.get(home) ?? new Set()).add(path.basename(output)));
  }
}
const packages = await Promise.all([...bundledIn].map(([home, files]) => described(home, [...files].sort())));
packages.sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : a.version < b.version ? -1 : 1));
const bare = packages.filter(({ licence, text }) => !licence || !text).map(({ name }) => name);
if (bare.length) throw new Error(`no licence found for ${bare.join(", ")}`);

await mkdir(folder, { recursive: true });
const files = {};
for (const { path: target, contents } of outputFiles) {
  await writeFile(target, contents);
  files[path.basename(target)] = {
    bytes: contents.length,
    sha256: createHash("sha256").update(contents).digest("hex"),
  };
}
await writeFile(
  path.join(folder, "packages.json"),
  JSON.stringify({ made_from: madeFrom, files, packages }, null, 1) + "\n",
);
