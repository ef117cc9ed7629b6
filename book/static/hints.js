// Where several hints follow each other, the next appears once the one before it has been opened. Without scripts, and
// on paper, all of them are there.
const isFold = (one, begin) => one?.matches("details") && one.querySelector("summary").textContent.startsWith(begin);
const isHint = (one) => isFold(one, "Hint");

document.addEventListener("DOMContentLoaded", () => {
  const opened = kept.note("hints:opened");

  function oneByOne(hints) {
    const names = hints.map((hint) => `${hint.closest("section").id}: ${hint.querySelector("summary").textContent}`);
    const show = () => {
      const known = opened.text.split("\n");
      for (let n = 1; n < hints.length; n++) hints[n].hidden = hints[n - 1].hidden || !known.includes(names[n - 1]);
    };
    for (const [n, hint] of hints.entries()) {
      hint.classList.add("hint");
      const which = element("span", { className: "hint-number", textContent: `${n + 1} of ${hints.length}` });
      hint.querySelector("summary").append(" ", which);
      // not whenever it unfolds: printing unfolds all of them
      hint.querySelector("summary").addEventListener("click", () => {
        const known = opened.text.split("\n").filter(Boolean);
        if (known.includes(names[n])) return;
        opened.text = [...known, names[n]].join("\n");
        show();
      });
    }
    document.addEventListener("kept", show);
    show();
  }

  for (const first of document.querySelectorAll(".bd-article details")) {
    if (!isHint(first) || isHint(first.previousElementSibling)) continue;
    const hints = [first];
    while (isHint(hints.at(-1).nextElementSibling)) hints.push(hints.at(-1).nextElementSibling);
    if (hints.length > 1) oneByOne(hints);
  }
});
