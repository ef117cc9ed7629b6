// Python beside the page: in a worker, so that the page stays alive whatever the code does, and can end it.
//
// The page sends {exercise, source, question, packages, above} to run, with the packages that the exercise needs; the
// first message, {chapter, packages, offered}, starts Python with some of the packages that are offered. It is told
// {kind, text}: "loaded" with the bytes that have just come, "ready", "fetching" with the packages that the code asks
// for, "arrays", whether it is handed them, "running", then what live_cell.py shows as it comes, at last "ended";
// "broken" if Python could not be started, or did not survive.
import { startPython } from "./live_start.js";

const say = (kind, text = "") => postMessage({ kind, text });

// Pyodide fetches its large files itself. They are counted in a copy of what comes: of the response as the browser made
// it, a browser also keeps what it has compiled. What is asked for twice, for a start and for one from its memory, is
// counted once.
const fetchAsEver = self.fetch;
const counted = new Set();
self.fetch = async (...wanted) => {
  const response = await fetchAsEver(...wanted);
  if (response.ok && !counted.has(response.url)) {
    counted.add(response.url);
    count(response.clone().body.getReader()).catch(() => {}); // whoever asked for it hears of a failure
  }
  return response;
};

async function count(reader) {
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    say("loaded", part.value.byteLength);
  }
}

// small files that belong to this build of the page: an older one may not come from the browser's cache
async function fetched(path) {
  const response = await fetch(new URL(path, import.meta.url), { cache: "no-cache" });
  if (!response.ok) throw new Error(`${response.status} for ${path}`);
  return new Uint8Array(await response.arrayBuffer());
}

async function start({ chapter, packages, offered }) {
  const recorded = `${chapter}.recorded.json`;
  const packageBaseUrl = new URL(offered.from, import.meta.url).href;
  const [pyodide, kit, cell, answers] = await Promise.all([
    startPython({ packageBaseUrl }),
    fetched("live/kit.zip"),
    fetched("live_cell.py"),
    fetched(`live/${recorded}`),
  ]);
  // the folder of a student: the kit, and beside it the recorded answers
  pyodide.unpackArchive(kit, "zip");
  pyodide.FS.writeFile("autograder/live_cell.py", cell);
  pyodide.FS.writeFile(recorded, answers);
  const { run, modules } = pyodide.pyimport("autograder.live_cell");
  const loader = new Loader(pyodide, offered.packages);
  await loader.load(packages); // what does not come now is asked for again by the run
  say("ready");
  return { run, modules, loader };
}

// The packages that the book offers, loaded when a text asks for them. Pyodide holds each against its lock.
class Loader {
  constructor(pyodide, offered) {
    Object.assign(this, { pyodide, offered });
  }

  // The packages that bring some modules
  bringing(modules) {
    const brings = ({ imports }) => imports.some((one) => modules.includes(one));
    return Object.keys(this.offered).filter((name) => brings(this.offered[name]));
  }

  // What is not loaded yet of some packages and all that they need: Pyodide counts one as loaded whose needs are not
  missing(packages) {
    const all = new Set(packages.flatMap((name) => this.offered[name].needs));
    return [...all].filter((name) => !Object.hasOwn(this.pyodide.loadedPackages, name));
  }

  // Before a run, whose time is limited: the first import of a large package takes seconds
  importAll(name) {
    for (const module of this.offered[name].imports) {
      try { this.pyodide.pyimport(module); } catch { /* the reader's own import will say why */ }
    }
  }

  // "", or a sentence on what did not come
  async load(packages, tell = () => {}) {
    const asked = packages.filter((name) => this.missing([name]).length);
    if (!asked.length) return "";
    const all = this.missing(asked);
    tell({ asked, all });
    const faults = [];
    await this.pyodide.loadPackage(all, { messageCallback() {}, errorCallback: (text) => faults.push(text) });
    const absent = this.missing(asked);
    if (!absent.length) {
      for (const name of asked) this.importAll(name);
      return "";
    }
    const why = faults.at(-1)?.trim() ?? "no reason was given";
    return `${absent.join(" and ")} did not load (${why}). Run it again, or write this exercise in the notebook.`;
  }
}

let python;

onmessage = async ({ data }) => {
  try {
    python ??= start(data);
    const { run, modules, loader } = await python;
    if (!data.exercise) return;
    const { exercise, source, question, above } = data;
    const packages = [...new Set([...data.packages, ...loader.bringing(modules(source, above).toJs())])];
    const fault = await loader.load(packages, (what) => say("fetching", what));
    if (fault) return say("ended", fault);
    const arrays = packages.includes("numpy");
    say("arrays", arrays);
    say("running");
    say("ended", run(exercise, source, question, above, arrays, say));
  } catch (error) {
    say("broken", String(error.message ?? error).trim().split("\n").pop());
  }
};
