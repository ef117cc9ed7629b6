// Makes ../codemirror.js and ../LICENSE: one file of CodeMirror, with what book/static/editor.js takes of it and no more.
// In a copy of this folder, away from the book: npm ci && node build.mjs FOLDER, which is book/vendor/codemirror.
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { buildSync } from "esbuild";

const PARTS = `
export { EditorState, Transaction } from "@codemirror/state";
export { EditorView, keymap } from "@codemirror/view";
export { history, historyKeymap, indentLess, indentMore, isolateHistory, standardKeymap, toggleComment }
  from "@codemirror/commands";
export { bracketMatching, HighlightStyle, indentOnInput, indentUnit, LanguageSupport, syntaxHighlighting }
  from "@codemirror/language";
export { pythonLanguage } from "@codemirror/lang-python";
export { tags } from "@lezer/highlight";
`;

const folder = process.argv[2];
const { devDependencies: pinned } = JSON.parse(readFileSync("package.json", "utf8"));
const versions = Object.entries(pinned).map(([name, version]) => `${name} ${version}`).join(", ");
const { metafile } = buildSync({
  stdin: { contents: PARTS, resolveDir: "." },
  banner: { js: `/* ${versions}. Built by source/build.mjs; MIT, see LICENSE. */` },
  outfile: join(folder, "codemirror.js"),
  bundle: true,
  minify: true,
  format: "esm",
  target: "es2022",
  legalComments: "none", // they are in LICENSE
  metafile: true,
});

// the packages that are in the file, each with its licence
const inside = new Set(Object.keys(metafile.inputs).map((path) => /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.[1]));
inside.delete(undefined);
const licences = [...inside].sort().map((name) => {
  const home = join("node_modules", name);
  const file = readdirSync(home).find((one) => /^licen[cs]e/i.test(one));
  const { version } = JSON.parse(readFileSync(join(home, "package.json"), "utf8"));
  return `${name} ${version}\n\n${readFileSync(join(home, file), "utf8").trim()}\n`;
});
writeFileSync(join(folder, "LICENSE"), licences.join(`\n${"-".repeat(80)}\n\n`));
