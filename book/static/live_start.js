// Python for the worker: as it was at the end of an earlier start, where the browser has kept that, else started anew
// and kept. Most of a start is Python compiling two hundred modules of its own library; from its memory, 30 MB, it is
// there in a third of the time, on the next page as after a run that had to be stopped.
//
// Pyodide makes such a memory for its own use still, as the underscores say, and holds it against its build. Whatever
// goes wrong with one, it is dropped, and Python starts as ever.
import { loadPyodide, version } from "./pyodide/pyodide.mjs";

const STORE = "learning-to-spike: Python as it started";
const PLACE = new URL(`pyodide/started-${version}`, import.meta.url).href;

export async function startPython(options) {
  const store = await opened();
  if (!store) return loadPyodide(options);
  try {
    const memory = (await kept(store)) ?? (await made(options, store));
    const pyodide = await loadPyodide({ ...options, _loadSnapshot: memory });
    pyodide.runPython("import random; random.seed()"); // else the dice would fall alike on every page
    return pyodide;
  } catch {
    await store.delete(PLACE).catch(() => {});
    return loadPyodide(options);
  }
}

// null where a browser keeps nothing, or a page did not come safely
async function opened() {
  try {
    return await caches.open(STORE);
  } catch {
    return null;
  }
}

async function kept(store) {
  const found = await store.match(PLACE);
  return found && new Uint8Array(await found.arrayBuffer());
}

// The Python that gives its memory is not gone on with: Pyodide does not promise that it could be.
async function made(options, store) {
  const pyodide = await loadPyodide({ ...options, _makeSnapshot: true });
  const memory = pyodide.makeMemorySnapshot();
  const older = await store.keys();
  await Promise.all(older.filter(({ url }) => url.startsWith(PLACE.replace(version, ""))).map((one) => store.delete(one)));
  await store.put(PLACE, new Response(memory)).catch(() => {}); // it may have no room
  return memory;
}
