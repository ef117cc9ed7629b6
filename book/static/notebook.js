// The chapter's notebook with the reader's answers in it: filled in here, read here, sent nowhere.
// What is loaded is anybody's file: of it only the text of this chapter's exercises is taken, and shown as text.
document.addEventListener("DOMContentLoaded", () => {
  const LARGEST = 20e6; // bytes, outputs and all; as much as is graded (autograder.grading.submissions)
  const LONGEST = 100_000; // characters of one answer
  const FETCHED = /^fetch\("(\w+)", "(\w+)"\)$/m;
  const WITHOUT = "Answers in words are not kept in the page: write them in the notebook.";
  const chapter = course.called(course.chapter);
  if (!chapter || !course.served) return;

  const name = `${chapter.name}.ipynb`;
  const status = element("p", { className: "live-status" });
  status.setAttribute("role", "status");
  const chosen = element("input", { type: "file", accept: ".ipynb", hidden: true, onchange: load });
  const group = element(
    "div",
    { className: "live-notebook", id: "notebook" },
    element(
      "div",
      { className: "live-buttons" },
      button("Download as notebook", download),
      button("Load a notebook", () => chosen.click()),
      chosen,
      element("span", { className: "live-hint", textContent: "carries your answers over, and brings them back" }),
    ),
    status,
  );
  document.querySelector(".bd-article .chapter-head").after(group);

  async function download() {
    const response = await fetch(course.file(`live/${name}`), { cache: "no-cache" }).catch(() => null);
    if (!response?.ok) {
      status.textContent = `The notebook did not load: ${response ? response.status : "no answer"} for live/${name}.`;
      return;
    }
    const notebook = await response.json();
    const filled = notebook.cells.filter(fillIn).length;
    const blob = new Blob([JSON.stringify(notebook, null, 1)]);
    const link = element("a", { href: URL.createObjectURL(blob), download: name });
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
    status.textContent =
      `${name} is on its way, with ${counted(filled)} in it: it goes into the chapter's folder, in the place of the ` +
      `one there. ${WITHOUT}`;
  }

  // Whether a cell of the notebook has been given what the reader wrote, here or in an earlier chapter
  function fillIn(cell) {
    const [, earlier, fetched] = FETCHED.exec(textOf(cell)) ?? [];
    const answer = fetched ? kept.answer(earlier, fetched) : kept.answer(chapter.name, idOf(cell));
    const written = fetched ? answer.written : Object.hasOwn(chapter.exercises, answer.name) && answer.text;
    if (written) cell.source = answer.forArrays.split(/(?<=\n)/);
    return Boolean(written);
  }

  async function load() {
    const [file] = chosen.files;
    chosen.value = ""; // the same one can be chosen again
    if (file) status.textContent = await taken(file);
  }

  async function taken(file) {
    if (file.size > LARGEST)
      return `${file.name} is larger than ${LARGEST / 1e6} MB: clear its outputs, save it, and load it again.`;
    let cells;
    try {
      cells = JSON.parse(await file.text()).cells.filter((cell) => Object.hasOwn(chapter.exercises, idOf(cell)));
    } catch {
      return `${file.name} is no notebook: choose the file ${name}.`;
    }
    if (!cells.length) return `${file.name} has no exercise of this chapter in it: choose the file ${name}.`;
    const texts = new Map(); // of copies the last counts
    for (const cell of cells) if (isWritten(textOf(cell))) texts.set(idOf(cell), textOf(cell));
    const other = [...texts].filter(([exercise, text]) => text !== kept.answer(chapter.name, exercise).text);
    for (const [exercise, text] of other) {
      kept.answer(chapter.name, exercise).replace(text);
      python.cells.find((cell) => cell.exercise === exercise)?.clear();
    }
    const names = other.map(([exercise]) => exercise).join(", ");
    const which = names && `: ${names}. What you had is among the earlier versions`;
    return `${counted(other.length)} loaded from ${file.name}${which}. ${WITHOUT}`;
  }

  const isWritten = (text) => text.length <= LONGEST && text.trim() && !text.includes(kept.STUB);
  const counted = (number) => (number === 1 ? "1 answer" : `${number} answers`);

  // As graded: a cell is known by nbgrader's name for it, or by its own id.
  function idOf(cell) {
    const id = cell?.metadata?.nbgrader?.grade_id ?? cell?.id;
    return cell?.cell_type === "code" && typeof id === "string" ? id : "";
  }

  function textOf({ source }) {
    const lines = Array.isArray(source) ? source : [source];
    return lines.every((line) => typeof line === "string") ? lines.join("") : "";
  }
});
