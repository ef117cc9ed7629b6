// A prediction can be written down where the text asks for it. It stands beside what came true once that is unfolded.
document.addEventListener("DOMContentLoaded", () => {
  const KEPT_HERE = "Kept as you type, in this browser, for you alone.";
  const NOT_KEPT = "This browser keeps nothing for a page: it stays here until you leave.";
  const asked = new Map(); // how many a section asks for, so that each has its own name

  const asks = (paragraph) => paragraph.firstChild?.nodeName === "STRONG" && /^Predict\b/.test(paragraph.textContent);

  function fieldUnder(paragraph) {
    const section = paragraph.closest("section").id;
    asked.set(section, (asked.get(section) ?? 0) + 1);
    const written = kept.note(`predicted:${section}:${asked.get(section)}`);
    const where = element("p", { className: "live-hint", id: `predicted-${section}-${asked.get(section)}` });
    const field = element("textarea", { rows: 2, value: written.text });
    field.setAttribute("aria-describedby", where.id);
    const fold = element(
      "details",
      { className: "prediction", open: Boolean(written.text) },
      element("summary", { textContent: "Write it down" }),
      element("label", {}, "Your prediction", field),
      where,
    );
    const text = element("span", { className: "prediction-text" });
    const beside = element("p", { className: "prediction-beside" }, element("strong", { textContent: "You predicted:" }), " ", text);

    function show() {
      fold.classList.toggle("prediction-filled", Boolean(field.value.trim()));
      where.textContent = kept.lasts ? KEPT_HERE : NOT_KEPT;
      text.textContent = field.value.trim();
      beside.hidden = !text.textContent;
    }
    field.addEventListener("input", () => {
      written.text = field.value;
      show();
    });
    document.addEventListener("kept", () => { // from another window
      if (document.activeElement !== field) field.value = written.text;
      show();
    });
    addEventListener("beforeprint", () => { fold.open ||= Boolean(text.textContent); });
    show();
    paragraph.after(fold);
    return beside;
  }

  let beside = null;
  for (const one of document.querySelectorAll(".bd-article p, .bd-article summary")) {
    if (asks(one)) beside = fieldUnder(one);
    else if (beside && one.matches("summary") && one.textContent.startsWith("Compare your prediction")) {
      one.after(beside);
      beside = null;
    }
  }
});
