// The field that code is written in: CodeMirror, which is fetched once a reader opens an exercise.
const EDITOR_KEYS = "Ctrl+Enter runs. Tab indents; to leave the field with it, press Esc first.";

// What is coloured has the classes that Sphinx gives to the code of the pages: one set of colours, in both themes.
const coloured = (tags) => [
  { class: "c1", tag: tags.comment },
  { class: "k", tag: [tags.controlKeyword, tags.definitionKeyword, tags.keyword] },
  { class: "kc", tag: [tags.bool, tags.null] },
  { class: "kn", tag: tags.moduleKeyword },
  { class: "mi", tag: tags.number },
  { class: "nc", tag: tags.definition(tags.className) },
  { class: "nd", tag: tags.meta },
  { class: "nf", tag: tags.function(tags.definition(tags.variableName)) },
  { class: "o", tag: tags.operator },
  { class: "ow", tag: tags.operatorKeyword },
  { class: "s2", tag: tags.string },
];

// A field with a text in it. `edited` hears of what a reader changes, and `run` of Ctrl+Enter.
async function openEditor({ text, label, describedBy, edited, run }) {
  const {
    EditorState, EditorView, HighlightStyle, LanguageSupport, Transaction, bracketMatching, history, historyKeymap,
    indentLess, indentMore, indentOnInput, indentUnit, isolateHistory, keymap, pythonLanguage, standardKeymap,
    syntaxHighlighting, tags, toggleComment,
  } = await import(course.file("codemirror/codemirror.js"));
  const runs = () => {
    run();
    return true;
  };

  // to the next column that code is indented to; of several lines each
  function indent(view) {
    const { from, to } = view.state.selection.main;
    const line = view.state.doc.lineAt(from);
    if (to > line.to) return indentMore(view);
    const unit = view.state.facet(indentUnit);
    view.dispatch(view.state.replaceSelection(unit.slice((from - line.from) % unit.length)), { scrollIntoView: true });
    return true;
  }

  // Esc lets the next Tab leave the field, as it does everywhere else: nobody is to be caught in it.
  const leaving = EditorView.domEventHandlers({
    keydown: ({ key }, view) => view.setTabFocusMode(key === "Escape"),
    blur: (_, view) => view.setTabFocusMode(false),
  });

  const shown = Transaction.userEvent.of("shown");
  const listening = EditorView.updateListener.of(({ docChanged, transactions }) => {
    if (docChanged && !transactions.every((one) => one.isUserEvent("shown"))) edited();
  });

  const view = new EditorView({
    doc: text,
    extensions: [
      keymap.of([
        { key: "Mod-Enter", run: runs },
        { key: "Ctrl-Enter", run: runs },
        { key: "Tab", run: indent },
        { key: "Mod-[", run: indentLess },
        { key: "Mod-]", run: indentMore },
        { key: "Mod-/", run: toggleComment },
        ...historyKeymap,
        ...standardKeymap,
      ]),
      history(),
      new LanguageSupport(pythonLanguage),
      syntaxHighlighting(HighlightStyle.define(coloured(tags))),
      bracketMatching(),
      indentUnit.of("    "),
      EditorState.tabSize.of(4),
      indentOnInput(),
      EditorView.lineWrapping,
      EditorView.contentAttributes.of({ "aria-label": label, "aria-describedby": describedBy }),
      leaving,
      listening,
    ],
  });

  const replace = (by, ...annotations) =>
    view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: by }, annotations });

  return {
    place: view.dom,
    get text() { return view.state.doc.toString(); },
    focus() { view.focus(); },

    // Puts another text there; whether it is another
    show(other) {
      const another = !view.state.doc.eq(view.state.toText(other));
      if (another) replace(other, shown);
      return another;
    },

    // As if typed, in one step, so that it can be undone
    write(other) {
      replace(other, isolateHistory.of("full"));
      view.focus();
    },
  };
}
