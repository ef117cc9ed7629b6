// The live cell: an exercise written and checked in the page itself, by the same `check` as in the notebook.
//
// Nothing is loaded before a reader presses "Try it here". Then Python comes from this site, into a worker
// (live_worker.js), and all exercises of the page share it as the cells of a notebook do.
(() => {
  const STATIC = document.currentScript.src; // the other files lie beside this one, wherever the page is
  const TIME_LIMIT = 10; // seconds a run may take: longer than any check, shorter than a reader's patience
  const INDENT = "    ";
  const chapter = DOCUMENTATION_OPTIONS.pagename?.split("/").pop();

  const LOADING = "Loading Python…";
  const KEYS = "Ctrl+Enter runs. Tab indents; to leave the field with it, press Esc first.";
  const NO_PACKAGES = "There is no numpy in the page: an array arrives as a list, one of shape (T, N) as a list of T rows.";
  const BEGUN = "Your code is kept in this browser.";
  const WEIGHT = "Python is loaded for it, once: up to 16 MB.";
  const FROM_A_FILE =
    "Opened from a file, a page cannot run Python. From a web server it can, and then you write and check the exercises " +
    "right here: with “python -m http.server” in the folder of the book, for one.";
  const ONLY_NOTEBOOK = "This one needs packages that the page does not have: write it in the notebook.";

  // Storage may be refused (private windows, blocked cookies). Then a text lives as long as the page.
  const kept = {
    read(name) {
      try { return localStorage.getItem(kept.key(name)); } catch { return null; }
    },
    write(name, text) {
      try { localStorage.setItem(kept.key(name), text); } catch { /* see above */ }
    },
    forget(name) {
      try { localStorage.removeItem(kept.key(name)); } catch { /* see above */ }
    },
    key: (name) => `learning-to-spike/${chapter}/${name}`,
  };

  function element(name, properties = {}, ...children) {
    const made = Object.assign(document.createElement(name), properties);
    made.append(...children);
    return made;
  }

  // Why a worker does not start is told to nobody; but the server can be asked for its files.
  async function whyNot() {
    for (const path of ["live_worker.js", "pyodide/pyodide.mjs"]) {
      const response = await fetch(new URL(path, STATIC), { method: "HEAD" }).catch(() => null);
      if (!response?.ok) return `the file ${path} is missing`;
      const type = response.headers.get("Content-Type") ?? "";
      if (!/(java|ecma)script/.test(type))
        return `the server sends ${path} as “${type}”, and a browser runs “text/javascript” only: whoever runs it can set that`;
    }
    return "the browser is too old";
  }

  // Python, for all exercises of the page. One runs at a time; `cell` is the one that does.
  const python = {
    worker: null,
    ready: false,
    cell: null,
    clock: 0,
    defined: new Map(), // what ran to its end, by exercise: a new worker is told, so that no name is lost

    start() {
      if (this.worker) return;
      const worker = new Worker(new URL("live_worker.js", STATIC), { type: "module" });
      const told = (message) => worker === this.worker && this.told(message); // one that was ended is not heard
      worker.onmessage = ({ data }) => told(data);
      worker.onerror = async ({ message }) => told({ kind: "broken", text: message ?? (await whyNot()) });
      const earlier = [...this.defined].map(([exercise, source]) => ({ exercise, source }));
      worker.postMessage({ chapter, earlier });
      this.worker = worker;
    },

    run(cell) {
      this.start();
      this.cell = cell;
      this.worker.postMessage({ exercise: cell.exercise, source: cell.source, question: cell.question });
    },

    // A worker cannot be interrupted, only ended; a new one makes ready for the next run.
    end(says) {
      clearTimeout(this.clock);
      const { cell, ready } = this;
      this.worker?.terminate();
      Object.assign(this, { worker: null, ready: false, cell: null });
      cell?.ended(says);
      if (ready) this.start(); // but what could not be loaded waits until it is asked for again
    },

    told({ kind, text }) {
      if (kind === "ready") {
        this.ready = true;
        for (const cell of cells) cell.loaded();
      } else if (kind === "running") {
        this.cell.say("Running…");
        this.clock = setTimeout(
          () => this.end(`Stopped after ${TIME_LIMIT} seconds: does a loop never end?`),
          TIME_LIMIT * 1000,
        );
      } else if (kind === "ended") {
        clearTimeout(this.clock);
        const { cell } = this;
        this.cell = null;
        this.defined.delete(cell.exercise); // the latest goes last: names may have changed hands
        this.defined.set(cell.exercise, cell.source);
        cell.ended(text);
      } else if (kind === "broken") {
        const says = this.ready ? `Python ended (${text}). The next run starts it anew.` : `Python did not load: ${text}.`;
        if (!this.cell) for (const cell of cells) cell.say(says);
        this.end(says);
      } else {
        this.cell.show(kind, text);
      }
    },
  };

  const cells = [];

  function liveCell(stub, check) {
    const given = stub.querySelector("pre").textContent.trimEnd();
    const question = check.querySelector("pre").textContent;
    const exercise = /check\("(\w+)"/.exec(question)[1];
    const lastVerdict = `${exercise}/verdict`;
    const hintId = `live-${exercise}-keys`;

    const button = (text, does, primary) =>
      element("button", { type: "button", className: `live-button${primary ? " live-primary" : ""}`, textContent: text, onclick: does });

    const begun = kept.read(exercise) !== null;
    const open = button(begun ? "Go on" : "Try it here", begin);
    const field = element("textarea", {
      className: "live-code",
      spellcheck: false,
      autocapitalize: "off",
      autocomplete: "off",
      ariaLabel: `Your code for ${exercise}`,
    });
    field.setAttribute("aria-describedby", hintId);
    const run = button("Run & check", go, true);
    const stop = button("Stop", () => python.end("Stopped."));
    const reset = button("Reset", startOver);
    const status = element("p", { className: "live-status" });
    status.setAttribute("role", "status");
    const printed = element("pre", { className: "live-printed" });
    const raised = element("pre", { className: "live-raised" });
    const verdict = element("div", { className: "cell_output docutils container live-verdict" });
    const panel = element(
      "div",
      { className: "live-panel", hidden: true },
      field,
      element("p", { className: "live-hint", id: hintId }, `${KEYS} ${NO_PACKAGES}`),
      element("div", { className: "live-buttons" }, run, stop, reset),
      status,
      printed,
      raised,
    );

    const input = stub.querySelector(".cell_input");
    const weight = element("span", { className: "live-hint", textContent: begun ? `${BEGUN} ${WEIGHT}` : WEIGHT });
    input.append(element("div", { className: "live-buttons" }, open, weight), panel);
    check.append(verdict);
    stop.disabled = true;
    clear();
    const before = kept.read(lastVerdict);
    if (before) judged(before);

    const cell = {
      exercise,
      question,
      get source() { return field.value; },
      say(text) { status.textContent = text; },
      loaded() {
        weight.remove();
        if (status.textContent === LOADING && python.cell !== cell) cell.say("Python is ready.");
      },
      show(kind, text) {
        if (kind === "verdict") {
          judged(text);
          kept.write(lastVerdict, text);
        } else {
          const place = kind === "printed" ? printed : raised;
          place.append(text);
          place.hidden = false;
        }
      },
      ended(text) {
        cell.say(text);
        if (document.activeElement === stop) run.focus(); // a disabled button would drop the keyboard's place
        stop.disabled = true;
      },
    };

    function judged(text) {
      verdict.replaceChildren(element("div", { className: "output text_html", innerHTML: text }));
      verdict.hidden = false;
    }

    function clear() {
      for (const place of [printed, raised, verdict]) {
        place.replaceChildren();
        place.hidden = true;
      }
    }

    function begin() {
      field.value = kept.read(exercise) ?? given;
      fit();
      open.parentElement.remove();
      input.querySelector("[class^=highlight]").hidden = true;
      panel.hidden = false;
      field.focus();
      field.setSelectionRange(0, 0);
      cell.say(python.ready ? "" : LOADING);
      python.start();
    }

    function go() {
      if (python.cell) {
        cell.say(python.cell === cell ? "Still running. Stop ends it." : `First ${python.cell.exercise} must end, or be stopped.`);
        return;
      }
      clear();
      cell.say(python.ready ? "Running…" : LOADING);
      stop.disabled = false;
      python.run(cell);
    }

    function startOver() {
      if (python.cell === cell) python.end("");
      field.focus();
      field.select();
      insert(given); // as if typed, so that Ctrl+Z brings back what was there
      kept.forget(exercise);
      clear();
      cell.say("As it was given. Ctrl+Z brings back what you had.");
    }

    // as many lines as the code has; where the browser knows field-sizing, wrapped lines count too
    function fit() {
      field.rows = field.value.split("\n").length + 1;
    }

    // execCommand is old, but nothing else leaves the browser's undo intact
    function insert(text) {
      if (!document.execCommand("insertText", false, text)) {
        field.setRangeText(text, field.selectionStart, field.selectionEnd, "end");
        field.dispatchEvent(new Event("input"));
      }
    }

    let leaving = false; // Esc was the last key: Tab leaves the field, as everywhere else

    field.addEventListener("keydown", (event) => {
      const { key, ctrlKey, metaKey, altKey, shiftKey } = event;
      const { selectionStart: from, selectionEnd: to, value } = field;
      const line = value.lastIndexOf("\n", from - 1) + 1;
      if (event.isComposing) return;
      if (key === "Enter" && (ctrlKey || metaKey)) {
        event.preventDefault();
        go();
      } else if (ctrlKey || metaKey || altKey || shiftKey) {
        return;
      } else if (key === "Tab" && !leaving) {
        event.preventDefault();
        if (value.slice(from, to).includes("\n")) {
          const lines = value.slice(line, to).replace(/^(?=.)/gm, INDENT);
          field.setSelectionRange(line, to);
          insert(lines);
          field.setSelectionRange(line, line + lines.length);
        } else {
          insert(INDENT.slice((from - line) % INDENT.length));
        }
      } else if (key === "Enter") {
        event.preventDefault();
        const before = value.slice(line, from);
        insert(`\n${/^ */.exec(before)[0]}${/:\s*$/.test(before) ? INDENT : ""}`);
      }
      leaving = key === "Escape";
    });

    field.addEventListener("input", () => {
      kept.write(exercise, field.value);
      kept.forget(lastVerdict); // it was on other code
      fit();
    });

    return cell;
  }

  document.addEventListener("DOMContentLoaded", () => {
    let stub = null;
    for (const found of document.querySelectorAll(".cell.tag_exercise, .cell.tag_check")) {
      if (found.classList.contains("tag_exercise")) {
        stub = found;
      } else if (stub) {
        if (stub.classList.contains("tag_only-notebook")) {
          stub.querySelector(".cell_input").append(element("p", { className: "live-hint", textContent: ONLY_NOTEBOOK }));
          stub = null;
          continue;
        }
        if (location.protocol === "file:") { // where a browser starts no worker
          stub.querySelector(".cell_input").append(element("p", { className: "live-hint", textContent: FROM_A_FILE }));
          return; // said once, it is said for the page
        }
        cells.push(liveCell(stub, found));
        stub = null;
      }
    }
  });
})();
