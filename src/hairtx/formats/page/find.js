// Search and filters on a long page. The page reads the same without it.
"use strict";
(() => {
  const form = document.getElementById("find");
  const count = document.getElementById("count");
  const blocks = [...document.querySelectorAll(".block[data-part]")].map((block) => ({
    block,
    rows: [...block.querySelectorAll("tbody > tr, .entry")].map((row) => ({ row, text: "" })),
    title: folded(block.querySelector("h2")?.textContent ?? ""),
  }));
  const all = blocks.reduce((sum, one) => sum + one.rows.length, 0);

  const show = () => {
    const want = Object.fromEntries(new FormData(form));
    const words = wordsOf(want.find);
    const filtered = Object.values(want).some(Boolean);
    form.querySelector("[type=reset]").hidden = !filtered;
    let shown = 0;
    for (const { block, rows, title } of blocks) {
      let some = false;
      for (const one of rows) {
        // Folded when first searched for: most who come here only read.
        if (words.length && !one.text) one.text = `${title} ${folded(one.row.textContent)}`;
        const fits = (!want.part || block.dataset.part === want.part)
          && (!want.only || one.row.querySelector(want.only) !== null) && holds(one.text, words);
        one.row.hidden = !fits;
        some ||= fits;
        shown += fits;
      }
      block.hidden = !some;
      // Folded parts open where something was found.
      block.open = some && filtered;
    }
    count.textContent = !filtered ? `All ${all}` : `${shown} of ${all}${shown ? "" : ": nothing here has all of these words"}`;
  };
  const restore = () => {
    const state = kept();
    if (state) fill(form, state);
    // What a link leads to is shown, whatever was searched for.
    else if (document.getElementById(location.hash.slice(1))?.closest("[hidden]")) form.reset();
    show();
  };
  whenChanged(form, show, () => keep(stateOf(form)));
  addEventListener("hashchange", restore);
  form.hidden = count.hidden = false;
  restore();
})();
