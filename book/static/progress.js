// How far a reader has come: counted from what this browser keeps, in the sidebar and on the front page.
document.addEventListener("DOMContentLoaded", () => {
  if (!course.served) return;
  const front = document.getElementById("progress");
  const sidebar = document.querySelector("nav.bd-links .bd-toc-item");
  const total = element("p", { className: "progress-total" });
  sidebar?.append(total);

  const marks = new Map(); // the place of each chapter's count in the sidebar
  for (const link of sidebar?.querySelectorAll("a") ?? []) {
    const chapter = course.called(new URL(link.href).pathname.split("/").pop().replace(/\.html$/, ""));
    if (!chapter) continue;
    marks.set(chapter, element("span", { className: "progress-mark" }));
    link.append(" ", marks.get(chapter));
  }

  const answersOf = ({ name, exercises }) =>
    Object.keys(exercises).filter((one) => course.isHere(name, one)).map((one) => kept.answer(name, one));
  const isDone = (answers) => answers.length > 0 && answers.every(({ passed }) => passed);

  function show() {
    const chapters = CHAPTERS.map((chapter) => ({ chapter, answers: answersOf(chapter) }));
    const all = chapters.flatMap(({ answers }) => answers);
    const done = all.filter(({ passed }) => passed).length;
    const whole = chapters.filter(({ answers }) => isDone(answers)).length;
    const begun = all.some(({ text }) => text !== null);
    for (const { chapter, answers } of chapters) {
      const passed = answers.filter((one) => one.passed).length;
      const says = isDone(answers) ? "✓ done" : `${passed} of ${answers.length}`;
      if (marks.has(chapter)) marks.get(chapter).textContent = answers.some(({ text }) => text !== null) ? says : "";
    }
    const counts = `${done} of ${all.length} exercises and ${whole} of ${chapters.length} chapters done`;
    total.textContent = begun ? `${counts}, as far as they can be done in the page.` : "";
    if (front) front.replaceChildren(...(begun ? further(all, done, counts) : [element("p", {}, NOTHING_YET)]));
  }

  const NOTHING_YET =
    "You have not begun an exercise in this browser. Once you have, this place says how far you have come. It is " +
    "counted here, on your machine, and nowhere else.";

  function further(all, done, counts) {
    const bar = element("progress", { max: all.length, value: done, ariaLabel: "exercises done" });
    const next = all.find(({ passed }) => !passed);
    const said = element("p", {}, `${counts}. `);
    if (next) {
      const { title } = course.called(next.chapter);
      said.append("Go on with ", course.linkTo(next.chapter, next.name, next.name), ` in “${title}”.`);
    } else said.append("That is all that can be done in the page.");
    return [bar, said];
  }

  document.addEventListener("kept", show);
  show();
});
