// The course as its pages know it. These scripts are plain ones, not modules, so that a page opened as a file can run
// them, and so that Sphinx names each by its content: an older one never comes from the browser's cache.
// CHAPTERS and PACKAGES are in exercises.js, which autograder/authoring/live.py writes with the book.
const course = {
  chapter: DOCUMENTATION_OPTIONS.pagename?.split("/").pop(),
  root: document.currentScript.src, // the other files lie beside this one, wherever the book is
  served: location.protocol !== "file:", // from a file no browser runs Python, or keeps anything for other pages

  file: (path) => new URL(path, course.root),
  called: (chapter) => CHAPTERS.find(({ name }) => name === chapter),

  // The packages without which an exercise cannot be written in the page; null if none would do
  needs: (chapter, exercise) => course.called(chapter)?.exercises[exercise] ?? null,
  withNeeds: (packages) => [...new Set(packages.flatMap((name) => PACKAGES.packages[name].needs))],
  missing: (packages) => packages.filter((name) => !Object.hasOwn(PACKAGES.packages, name)),

  // Whether it can be written in the pages of this book
  isHere(chapter, exercise) {
    const needs = course.needs(chapter, exercise);
    return needs !== null && !course.missing(needs).length;
  },

  // A link to an exercise, in whichever chapter it is.
  linkTo(chapter, exercise, text) {
    const there = chapter === course.chapter ? "" : `${chapter}.html`;
    return element("a", { href: `${there}#exercise-${exercise}`, textContent: text });
  },
};

function element(name, properties = {}, ...children) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
}

function button(text, does, primary = false) {
  const className = `live-button${primary ? " live-primary" : ""}`;
  return element("button", { type: "button", className, textContent: text, onclick: does });
}
