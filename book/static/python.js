// Python in the page, for all its exercises: in a worker (live_worker.js), one run at a time. Nothing of it is loaded
// before a reader asks for it.
const python = {
  TIME_LIMIT: 10, // seconds a run may take: longer than any check, shorter than a reader's patience
  STARTING: "Starting Python…",

  cells: [],
  worker: null,
  ready: false,
  loading: "Python", // or a package
  loaded: 0, // bytes of it, of the total, which is NaN where no size is known
  total: 0,
  cell: null, // the one that runs
  within: "", // the earlier answer that is being defined for it
  clock: 0,

  // What a reader waits for, "" for nothing
  get waiting() {
    if (this.ready) return this.loading && `Loading ${this.loading}…`;
    return this.loaded >= this.total ? this.STARTING : `Loading ${this.loading}…`;
  },

  // Bytes of packages that are not loaded yet
  bytes: (packages) => packages.reduce((sum, name) => sum + (PACKAGES.packages[name].bytes ?? NaN), 0),

  // With packages that will be needed: as all that these need themselves
  start(packages = []) {
    if (this.worker) return;
    this.loading = ["Python", ...packages].join(" and ");
    this.total = course.called(course.chapter).bytes + this.bytes(course.withNeeds(packages));
    const worker = new Worker(course.file("live_worker.js"), { type: "module" });
    const told = (message) => worker === this.worker && this.told(message); // one that was ended is not heard
    worker.onmessage = ({ data }) => told(data);
    worker.onerror = async ({ message }) => told({ kind: "broken", text: message ?? (await whyNoWorker()) });
    worker.postMessage({ chapter: course.chapter, packages, offered: PACKAGES });
    this.worker = worker;
  },

  run(cell) {
    const { exercise, source, question, packages } = cell;
    this.start(packages);
    this.cell = cell;
    this.worker.postMessage({ exercise, source, question, packages, above: cell.above() });
  },

  // A worker cannot be interrupted, only ended; a new one makes ready for the next run.
  end(says) {
    clearTimeout(this.clock);
    const { cell, ready } = this;
    this.worker?.terminate();
    Object.assign(this, { worker: null, ready: false, loaded: 0, cell: null });
    cell?.ended(says);
    if (ready) this.start(); // but what could not be loaded waits until it is asked for again
  },

  told({ kind, text }) {
    if (kind === "loaded") {
      this.loaded += text;
      for (const cell of this.cells) cell.loading();
    } else if (kind === "fetching") {
      Object.assign(this, { loading: text.asked.join(" and "), loaded: 0, total: this.bytes(text.all) });
      this.cell.say(this.waiting);
    } else if (kind === "ready") {
      Object.assign(this, { ready: true, loading: "" });
      for (const cell of this.cells) cell.loaded();
    } else if (kind === "running") {
      this.loading = "";
      this.cell.say("Running…");
      this.within = "";
      this.clock = setTimeout(() => {
        const where = this.within && ` in ${this.within}`;
        this.end(`Stopped after ${this.TIME_LIMIT} seconds: does a loop never end${where}?`);
      }, this.TIME_LIMIT * 1000);
    } else if (kind === "within") {
      this.within = text;
    } else if (kind === "ended") {
      clearTimeout(this.clock);
      const { cell } = this;
      Object.assign(this, { cell: null, loading: "" });
      cell.ended(text);
    } else if (kind === "broken") {
      const says = this.ready ? `Python ended (${text}). The next run starts it anew.` : `Python did not load: ${text}.`;
      if (!this.cell) for (const cell of this.cells) cell.say(says);
      this.end(says);
    } else {
      this.cell.show(kind, text);
    }
  },
};

// Why a worker does not start is told to nobody; but the server can be asked for its files.
async function whyNoWorker() {
  for (const path of ["live_worker.js", "pyodide/pyodide.mjs"]) {
    const response = await fetch(course.file(path), { method: "HEAD" }).catch(() => null);
    if (!response?.ok) return `the file ${path} is missing`;
    const type = response.headers.get("Content-Type") ?? "";
    if (!/(java|ecma)script/.test(type))
      return `the server sends ${path} as “${type}”, and a browser runs “text/javascript” only: whoever runs it can set that`;
  }
  return "the browser is too old";
}
