// The live cell: an exercise written and checked in the page itself, by the same `check` as in the notebook. What is
// written is kept (kept.js), and Python (python.js) is loaded once a reader presses "Try it here".
document.addEventListener("DOMContentLoaded", () => {
  const NO_PACKAGES = "There is no numpy in the page: an array arrives as a list, one of shape (T, N) as a list of T rows.";
  const BEGUN = "Your code is kept in this browser.";
  const SAVED = "Kept as you type, in this browser.";
  const NOT_KEPT = "This browser keeps nothing for a page: download the notebook before you leave.";
  const NO_EDITOR = "The editor did not load. Press again to try once more, or write this exercise in the notebook.";
  const WEIGHT = "Python is loaded for it, once: up to 16 MB.";
  const FROM_A_FILE =
    "Opened from a file, a page cannot run Python. From a web server it can, and then you write and check the exercises " +
    "right here: with “python -m http.server” in the folder of the book, for one.";
  const ONLY_NOTEBOOK = "This one needs packages that the page does not have: write it in the notebook.";
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
    const verdict = element("div", { className: "cell_output docutils container live-verdict" });
    const panel = element(
      "div",
      { className: "live-panel", hidden: true },
      field,
      element("p", { className: "live-hint", id: hintId }, `${EDITOR_KEYS} ${NO_PACKAGES}`),
      element("div", { className: "live-buttons" }, run, stop, reset, draft),
      element("div", { className: "live-said" }, status, howFar),
      printed,
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

    const cell = {
      exercise,
      question,
      get source() { return code.text; },
      above: () => JSON.stringify({ given, answers: above.map(({ name, written }) => [name, written]) }),
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
        } else if (text) {
          const place = kind === "printed" ? printed : raised;
          place.append(text);
          place.hidden = false;
        }
      },
      ended(text) {
        cell.say(text);
        if (link) status.append(" ", link);
        if (judgement) answer.check(asked, text.replace(`${exercise}: `, ""), judgement);
        if (document.activeElement === stop) run.focus(); // a disabled button would drop the keyboard's place
        stop.disabled = true;
      },
    };

    const isWaiting = () => [python.LOADING, python.STARTING].includes(status.textContent);

    function showLoaded() {
      const megabytes = (bytes) => (bytes / 1e6).toFixed(1);
      soFar.textContent = `${megabytes(python.loaded)} of ${megabytes(python.total)} MB`;
      Object.assign(bar, { max: python.total, value: python.loaded, ariaValueText: soFar.textContent });
    }

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

    // what is kept, where it is another text than stands here: written in another window, or loaded from a notebook
    function showKept() {
      const { text, says, verdict: onThis, versions: earlier } = answer;
      open.textContent = text === null ? "Try it here" : "Go on";
      const earned = says && `It earned ${says}.`;
      begun.textContent = [text !== null && BEGUN, earned, !python.ready && WEIGHT].filter(Boolean).join(" ");
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
      python.start();
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
      cell.say(python.ready ? "Running…" : python.waiting);
      stop.disabled = false;
      python.run(cell);
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
      if (stub.classList.contains("tag_only-notebook")) stub.querySelector(".cell_input").append(hint(ONLY_NOTEBOOK));
      else python.cells.push(liveCell(stub, found, answer));
      answers.push(answer);
      stub = null;
    }
  }
  if (location.hash.startsWith("#exercise-")) document.getElementById(location.hash.slice(1))?.scrollIntoView();
});
