// Python beside the page: in a worker, so that the page stays alive whatever the code does, and can end it.
//
// The page sends {exercise, source, question, above} to run; the first message, {chapter}, starts Python.
// It is told {kind, text}: "loaded" with the bytes that have come so far, "ready", "running", then what live_cell.py
// shows as it comes, at last "ended"; "broken" if Python could not be started, or did not survive.
import { loadPyodide } from "./pyodide/pyodide.mjs";

const say = (kind, text = "") => postMessage({ kind, text });

// Pyodide fetches its large files itself. They are counted in a copy of what comes: of the response as the browser made
// it, a browser also keeps what it has compiled.
let loaded = 0;
const fetchAsEver = self.fetch;
self.fetch = async (...wanted) => {
  const response = await fetchAsEver(...wanted);
  if (response.ok) count(response.clone().body.getReader()).catch(() => {}); // whoever asked for it hears of a failure
  return response;
};

async function count(reader) {
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    loaded += part.value.byteLength;
    say("loaded", loaded);
  }
}

// small files that belong to this build of the page: an older one may not come from the browser's cache
async function fetched(path) {
  const response = await fetch(new URL(path, import.meta.url), { cache: "no-cache" });
  if (!response.ok) throw new Error(`${response.status} for ${path}`);
  return new Uint8Array(await response.arrayBuffer());
}

async function start({ chapter }) {
  const recorded = `${chapter}.recorded.json`;
  const [pyodide, kit, cell, answers] = await Promise.all([
    loadPyodide(),
    fetched("live/kit.zip"),
    fetched("live_cell.py"),
    fetched(`live/${recorded}`),
  ]);
  // the folder of a student: the kit, and beside it the recorded answers
  pyodide.unpackArchive(kit, "zip");
  pyodide.FS.writeFile("autograder/live_cell.py", cell);
  pyodide.FS.writeFile(recorded, answers);
  const python = pyodide.pyimport("autograder.live_cell");
  say("ready");
  return python;
}

let python;

onmessage = async ({ data }) => {
  try {
    python ??= start(data);
    const { run } = await python;
    if (!data.exercise) return;
    say("running");
    say("ended", run(data.exercise, data.source, data.question, data.above, say));
  } catch (error) {
    say("broken", String(error.message ?? error).trim().split("\n").pop());
  }
};
