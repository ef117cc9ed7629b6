// What a reader has written, kept in this browser and nowhere else: each answer, how its check ended, and its last
// versions; predictions, and which hints were opened. Whoever shows any of it listens for "kept" on the document.
const kept = (() => {
  const VERSIONS = 5;
  const STUB = "raise NotImplementedError()"; // as in autograder.beside.earlier: nothing is written yet
  const WITH_LISTS = `\
# Written in the page, where lists stand for arrays. These lines see to that here.
# Take them out once your code is written for arrays.
from autograder.check import with_lists
`;
  const refused = new Map(); // private windows, blocked cookies, a full disk: it lives as long as the page

  function read(key) {
    if (refused.has(key)) return refused.get(key);
    try { return localStorage.getItem(key); } catch { return null; }
  }

  function write(key, text) {
    try {
      if (text === null) localStorage.removeItem(key);
      else localStorage.setItem(key, text);
      refused.delete(key);
    } catch {
      refused.set(key, text);
    }
  }

  const changed = () => document.dispatchEvent(new Event("kept"));
  addEventListener("storage", changed); // another window
  addEventListener("pageshow", ({ persisted }) => persisted && changed()); // back from another page

  function answer(chapter, name) {
    const key = `learning-to-spike/${chapter}/${name}`;
    const ended = (says, arrays) => {
      write(`${key}/says`, says || null);
      write(`${key}/arrays`, arrays ? "yes" : null);
      if (says?.endsWith(", passed")) write(`${key}/passed`, "yes");
    };
    return {
      chapter,
      name,

      get text() { return read(key); },

      // "" while there is nothing, or nothing but the stub
      get written() { return this.text?.includes(STUB) ? "" : this.text ?? ""; },

      // How the check of this very text ended, and its verdict
      get says() { return read(`${key}/says`) ?? ""; },
      get verdict() { return read(`${key}/verdict`); },

      // Whether it was handed arrays by that check, and not lists
      get arrays() { return read(`${key}/arrays`) !== null; },

      // What is written, for where arrays are handed over: in the notebook, and by code that uses numpy. What has earned
      // points with lists is handed lists there too, since `sum += row` is another thing with arrays.
      get forArrays() {
        const { text, says } = this;
        const isFunction = new RegExp(`^(def ${name}\\b|${name} *=)`, "m").test(text);
        const asItIs = this.arrays || !says || says.startsWith("0 of") || !isFunction;
        if (asItIs || text.includes(`with_lists(${name})`)) return text;
        return `${text.trimEnd()}\n\n${WITH_LISTS}\n${name} = with_lists(${name})\n`;
      },

      // Whether it has passed once, and was not begun anew since
      get passed() { return read(`${key}/passed`) !== null; },

      // null begins it anew
      edit(text) {
        const { says, arrays } = this.versions.find(({ source }) => source === text) ?? {};
        write(key, text);
        write(`${key}/verdict`, null);
        ended(says, arrays);
        if (text === null) write(`${key}/passed`, null);
        changed();
      },

      check(source, says, verdict, arrays) {
        if (source !== this.text) return; // untouched, or written on meanwhile
        write(`${key}/verdict`, verdict);
        ended(says, arrays);
        this.remember();
        changed();
      },

      replace(text) {
        this.remember();
        this.edit(text);
      },

      // The last few texts, the latest first, each once: {source, says, arrays, when}
      get versions() {
        try { return JSON.parse(read(`${key}/versions`)) ?? []; } catch { return []; }
      },

      remember() {
        if (this.text === null) return;
        const others = this.versions.filter(({ source }) => source !== this.text);
        const version = { source: this.text, says: this.says, arrays: this.arrays, when: Date.now() };
        write(`${key}/versions`, JSON.stringify([version, ...others].slice(0, VERSIONS)));
      },
    };
  }

  // Any other text that a page keeps. There is a colon in its name, so no exercise has it.
  function note(name) {
    const key = `learning-to-spike/${course.chapter}/${name}`;
    return {
      get text() { return read(key) ?? ""; },
      set text(text) { write(key, text || null); },
    };
  }

  return { answer, note, STUB, get lasts() { return refused.size === 0; } };
})();
