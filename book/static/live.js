// The live cell: an exercise written and checked in the page itself, by the same `check` as in the notebook. What is
// written is kept (kept.js), and Python (python.js) is loaded once a reader presses "Try it here".
document.addEventListener("DOMContentLoaded", () => {
  const AS_LISTS = "an array arrives as a list, one of shape (T, N) as a list of T rows.";
  const NO_NUMPY = `There is no numpy in this page: ${AS_LISTS}`;
  const WITH_NUMPY = `Where your code uses numpy, it is loaded, and arrays arrive as in the notebook. Otherwise ${AS_LISTS}`;
  const WITH_ARRAYS = "Arrays arrive as in the notebook: there is numpy.";
  const BEGUN = "Your code is kept in this browser.";
  const SAVED = "Kept as you type, in this browser.";
  const NOT_KEPT = "This browser keeps nothing for a page: download the notebook before you leave.";
  const NO_EDITOR = "The editor did not load. Press again to try once more, or write this exercise in the notebook.";
  const WEIGHT = "Python is loaded for it, once: up to 16 MB";
  const FROM_A_FILE =
    "Opened from a file, a page cannot run Python. From a web server it can, and then you write and check the exercises " +
    "right here: with “python -m http.server” in the folder of the book, for one.";
  const ONLY_NOTEBOOK = "packages that the page cannot have";
  const FETCHED = /fetch\("(\w+)", "(\w+)"\)/;

  const hint = (text = "") => element("p", { className: "live-hint", textContent: text });
  const moment = (when) =>
    new Date(when).toLocaleString("en-GB", { day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" });
  const given = document.querySelector(".bd-article .cell pre")?.textContent ?? "";
  const answers = []; // those that stand above, also from earlier chapters, as in the notebook

  function liveCell(stub, check, answer) {
    const asGiven = stub.querySelector("pre").textContent.trimEnd();
    const question = check.querySelector("pre").textContent;
    const exercise = answer.name;
    const hintId = `live-${exercise}-keys`;
    const packages = course.needs(course.chapter, exercise);
    const above = [...answers];

    const open = button("", begin);
    const field = element("div", { className: "live-code highlight" });
    let code = null; // the editor in it, once it is open
    const run = button("Run & check", go, true);
    const stop = button("Stop", () => python.end("Stopped."));
    const reset = button("Reset", startOver);
    const draft = element("span", { className: "live-hint" });
    const howMany = element("summary");
    const list = element("ul");
    const versions = element("details", { className: "live-versions", hidden: true }, howMany, list);
    const status = element("p", { className: "live-status" });
    status.setAttribute("role", "status");
    const bar = element("progress", { ariaLabel: "Python loaded" });
    const soFar = element("span", { className: "live-hint" });
    const howFar = element("span", { className: "live-loading", hidden: true }, bar, soFar);
    const printed = element("pre", { className: "live-printed" });
    const raised = element("pre", { className: "live-raised" });
    const drawn = element("div", { className: "live-drawn" });
    const verdict = element("div", { className: "cell_output docutils container live-verdict" });
    const panel = element(
      "div",
      { className: "live-panel", hidden: true },
      field,
      element("p", { className: "live-hint", id: hintId }, `${EDITOR_KEYS} ${howArraysArrive(packages)}`),
      element("div", { className: "live-buttons" }, run, stop, reset, draft),
      element("div", { className: "live-said" }, status, howFar),
      printed,
      drawn,
      raised,
      versions,
    );

    const input = stub.querySelector(".cell_input");
    const begun = element("span", { className: "live-hint" });
    const beginning = element("div", { className: "live-buttons" }, open, begun);
    input.append(beginning, panel);
    check.append(verdict);
    stop.disabled = true;
    let opening = false;
    let judgement = null; // what the run at hand has shown
    let link = null;
    let asked = ""; // the text that runs
    let arrays = false; // whether it is handed arrays

    const cell = {
      exercise,
      question,
      packages,
      get source() { return code.text; },
      above: () => JSON.stringify({ given, answers: above.map((one) => [one.name, one.written && one.forArrays]) }),
      say(text) {
        status.textContent = text;
        howFar.hidden = !isWaiting();
        if (isWaiting()) showLoaded();
      },
      clear,
      loading() {
        if (!isWaiting()) return;
        if (status.textContent !== python.waiting) cell.say(python.waiting);
        showLoaded();
      },
      loaded() {
        showKept();
        if (isWaiting() && python.cell !== cell) cell.say("Python is ready.");
      },
      show(kind, text) {
        if (kind === "verdict") {
          judgement = text;
          judged(text);
        } else if (kind === "needs") {
          const { chapter, name } = above.findLast(({ name }) => name === text);
          const where = chapter === course.chapter ? "" : ` in “${course.called(chapter).title}”`;
          link = course.linkTo(chapter, name, `Go to ${name}${where}.`);
        } else if (kind === "arrays") {
          arrays = text;
        } else if (kind === "drawn") {
          drawn.append(element("img", { src: text, alt: "The figure that your code has drawn" }));
          drawn.hidden = false;
        } else if (text) {
          const place = kind === "printed" ? printed : raised;
          place.append(text);
          place.hidden = false;
        }
      },
      ended(text) {
        cell.say(text);
        if (link) status.append(" ", link);
        if (judgement) answer.check(asked, text.replace(`${exercise}: `, ""), judgement, arrays);
        if (document.activeElement === stop) run.focus(); // a disabled button would drop the keyboard's place
        stop.disabled = true;
      },
    };

    const isWaiting = () => /^(Loading|Starting) .*…$/.test(status.textContent);

    function showLoaded() {
      const megabytes = (bytes) => (bytes / 1e6).toFixed(1);
      const { loaded, total } = python;
      soFar.textContent = `${megabytes(loaded)}${total ? ` of ${megabytes(total)}` : ""} MB`;
      bar.ariaValueText = soFar.textContent;
      if (total) Object.assign(bar, { max: total, value: loaded });
      else bar.removeAttribute("value"); // nobody knows how much it will be
    }

    function judged(text) {
      verdict.replaceChildren(element("div", { className: "output text_html", innerHTML: text }));
      verdict.hidden = false;
    }

    function clear() {
      for (const place of [printed, drawn, raised, verdict]) {
        place.replaceChildren();
        place.hidden = true;
      }
    }

    // what is kept, where it is another text than stands here: written in another window, or loaded from a notebook
    function showKept() {
      const { text, says, verdict: onThis, versions: earlier } = answer;
      open.textContent = text === null ? "Try it here" : "Go on";
      const earned = says && `It earned ${says}.`;
      begun.textContent = [text !== null && BEGUN, earned, !python.ready && weight(packages)].filter(Boolean).join(" ");
      draft.textContent = text === null ? "" : kept.lasts ? SAVED : NOT_KEPT;
      if (code?.show(text ?? asGiven)) clear();
      if (onThis && verdict.hidden && python.cell !== cell) judged(onThis);
      const others = earlier.filter(({ source }) => source !== text);
      versions.hidden = !others.length;
      howMany.textContent = `Earlier versions (${others.length})`;
      list.replaceChildren(...others.map((one) =>
        element("li", {}, button(`${moment(one.when)}, ${one.says || "not checked"}`, () => bringBack(one)))));
    }

    async function begin() {
      if (opening) return;
      opening = true;
      begun.setAttribute("aria-live", "polite"); // should it come to NO_EDITOR
      python.start(packages);
      cell.say(python.ready ? "" : python.waiting);
      try {
        code = await openEditor({
          text: answer.text ?? asGiven,
          label: `Your code for ${exercise}`,
          describedBy: hintId,
          edited: () => answer.edit(code.text === asGiven ? null : code.text),
          run: go,
        });
      } catch {
        begun.textContent = NO_EDITOR;
        opening = false;
        return;
      }
      field.append(code.place);
      input.querySelector("[class^=highlight]").hidden = true;
      panel.hidden = false;
      code.focus();
      beginning.remove();
    }

    function go() {
      if (python.cell) {
        cell.say(python.cell === cell ? "Still running. Stop ends it." : `First ${python.cell.exercise} must end, or be stopped.`);
        return;
      }
      clear();
      judgement = link = null;
      asked = code.text;
      stop.disabled = false;
      python.run(cell);
      cell.say(python.ready ? "Running…" : python.waiting);
    }

    function startOver() {
      if (python.cell === cell) python.end("");
      write(asGiven);
      cell.say("As it was given. Ctrl+Z brings back what you had.");
    }

    function bringBack({ source, when }) {
      write(source);
      cell.say(`The version of ${moment(when)}. Ctrl+Z brings back what you had.`);
    }

    function write(text) {
      clear();
      answer.remember();
      code.write(text);
    }

    document.addEventListener("kept", showKept);
    clear();
    showKept();
    check.append(stuckFold(stub, verdict, answer));

    return cell;
  }

  // Where the notebook fetches what an earlier chapter asked for, the page has it already, or says where it is written.
  function earlierCell(found) {
    const [, chapter, name] = FETCHED.exec(found.querySelector("pre").textContent);
    const answer = kept.answer(chapter, name);
    const note = hint();
    const { title } = course.called(chapter) ?? { title: chapter };
    const show = () => {
      const link = course.linkTo(chapter, name, title);
      const says = answer.says && ` (${answer.says})`;
      if (answer.written) note.replaceChildren(`In this page it is here already: your ${name}${says} from “`, link, "”.");
      else note.replaceChildren(`You have not written ${name} in this browser yet: it is an exercise of “`, link, "”.");
    };
    found.querySelector(".cell_input").append(note);
    document.addEventListener("kept", show);
    show();
    return answer;
  }

  function howArraysArrive(packages) {
    if (packages.includes("numpy")) return WITH_ARRAYS;
    return course.missing(["numpy"]).length ? NO_NUMPY : WITH_NUMPY;
  }

  function weight(packages) {
    if (!packages.length) return `${WEIGHT}.`;
    const size = python.bytes(course.withNeeds(packages));
    return `${WEIGHT}, and ${size ? `${(size / 1e6).toFixed(1)} MB for ` : ""}${packages.join(" and ")}.`;
  }

  // One sentence in the place of a live cell, which leads to the notebook
  function onlyInNotebook(packages) {
    const wanted = packages === null ? ONLY_NOTEBOOK : `${packages.join(" and ")}, which this copy of the book does not have`;
    const link = element("a", { href: "#notebook", textContent: "the notebook" });
    return element("p", { className: "live-hint" }, `This one needs ${wanted}: write it in `, link, ".");
  }

  let stub = null;
  for (const found of document.querySelectorAll(".cell:is(.tag_exercise, .tag_check, .tag_earlier)")) {
    if (!course.served) {
      found.querySelector(".cell_input").append(hint(FROM_A_FILE));
      return; // said once, it is said for the page
    }
    if (found.classList.contains("tag_earlier")) {
      answers.push(earlierCell(found));
    } else if (found.classList.contains("tag_exercise")) {
      stub = found;
    } else if (stub) {
      const [, name] = /check\("(\w+)"/.exec(found.querySelector("pre").textContent);
      const answer = kept.answer(course.chapter, name);
      stub.id = `exercise-${name}`;
      if (course.isHere(course.chapter, name)) python.cells.push(liveCell(stub, found, answer));
      else stub.querySelector(".cell_input").append(onlyInNotebook(course.needs(course.chapter, name)));
      answers.push(answer);
      stub = null;
    }
  }
  if (location.hash.startsWith("#exercise-")) document.getElementById(location.hash.slice(1))?.scrollIntoView();
});
