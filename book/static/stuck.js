// Who has checked several different answers to an exercise, none of which passed, is offered in one fold what their own
// verdict says of a known misreading, the hints, and a worked example, which until then the page keeps back: copies, made
// when the fold is opened.
function stuckFold(stub, verdict, answer) {
  const TRIES = 3;
  const MISREADING = "This looks like a known misreading."; // as in autograder.beside.display
  const known = element("div");
  const fold = element(
    "details",
    { className: "live-stuck", hidden: true },
    element("summary", { textContent: "Stuck? What is known about this exercise" }),
    known,
  );

  const hints = []; // those since the cell before
  const worked = [];
  for (let one = stub.previousElementSibling; one && !one.matches(".cell"); one = one.previousElementSibling) {
    if (isHint(one)) hints.unshift(one);
    if (isFold(one, "Worked example")) worked.unshift(one);
  }
  for (const one of worked) one.classList.add("worked-example");

  const misreadings = () =>
    [...verdict.querySelectorAll("p")].filter((one) => one.querySelector("strong")?.textContent === MISREADING);
  const hasFailed = ({ says }) => says && !/, (passed|not attempted)$/.test(says);

  function copied(hint) {
    const copy = hint.cloneNode(true);
    const summary = copy.querySelector("summary");
    summary.querySelector(".hint-number")?.remove();
    summary.replaceWith(element("p", {}, element("strong", {}, ...summary.childNodes)));
    return [...copy.childNodes];
  }

  function fill() {
    if (!fold.open) return;
    known.replaceChildren(...misreadings().map((one) => one.cloneNode(true)), ...[...hints, ...worked].flatMap(copied));
    for (const one of known.querySelectorAll("[id]")) one.removeAttribute("id");
  }

  function offer() {
    const stuck = !answer.passed && answer.versions.filter(hasFailed).length >= TRIES;
    fold.hidden = !stuck || !(hints.length || worked.length || misreadings().length);
    for (const one of worked) one.hidden = fold.hidden && !answer.passed;
    fold.open &&= !fold.hidden;
    fill();
  }
  fold.addEventListener("toggle", fill);
  document.addEventListener("kept", offer);
  offer();
  return fold;
}
