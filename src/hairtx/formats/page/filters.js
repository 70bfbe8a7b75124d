// Search, filters and the choice to compare on the start page. The page reads the same without it.
"use strict";
(() => {
  const most = 4;
  const form = document.getElementById("filters");
  const tiles = [...document.querySelectorAll(".tile[data-key]")].map((tile) => ({
    tile,
    facts: tile.dataset,
    names: folded(tile.dataset.names),
    box: tile.querySelector("input"),
    uses: [...tile.querySelectorAll(".use")].map((use) => ({ use, about: use.dataset.for, rated: [...use.querySelectorAll("[data-sex]")] })),
    listed: [...tile.querySelectorAll(".listed:not(.nothing)")],
    nothing: tile.querySelector(".nothing"),
  }));
  const boxes = tiles.map((one) => one.box);
  const mine = [...document.querySelectorAll("#about input[type=checkbox]")];
  const count = document.getElementById("count");
  const warned = document.getElementById("warned");
  const tray = document.getElementById("tray");
  const said = document.getElementById("chosen");
  const go = document.getElementById("go");
  const all = count.textContent;
  const labelOf = (box) => box.parentElement.textContent.trim();
  const fitsSex = (line, sex) => !sex || line.dataset.sex === "any" || line.dataset.sex === sex;

  // The same rules as the filters of `hairtx list`: a use counts if condition and sex fit.
  const fitting = (one, want) => one.uses.filter(({ about, rated }) => {
    const lines = rated.filter((line) => fitsSex(line, want.sex));
    return (!want.for || about === want.for) && lines.length
      && (!want.certainty || lines.some((line) => Number(line.dataset.sure) >= Number(want.certainty)));
  });
  const passes = ({ facts, names }, uses, want, words) =>
    holds(names, words)
    && (uses.length || !(want.for || want.sex || want.certainty))
    && (!want.setting || facts.setting === want.setting)
    && (!want.takes || Number(facts.takes) <= Number(want.takes))
    // What is not known is Number("") = 0 here: it is told apart below, and said.
    && (!want.downtime || Number(facts.downtime) <= Number(want.downtime))
    && (!want.cost || Number(facts.cost) <= Number(want.cost));
  const unknown = ({ facts }, want) => (want.downtime && facts.downtime === "") || (want.cost && facts.cost === "");

  // Marks what is listed for the things chosen, and never hides for it: the strictest class that applies.
  const mark = (one, about) => {
    let strictest = "";
    const held = new Set();
    for (const line of one.listed) {
      let some = false;
      for (const factor of line.querySelectorAll("[data-about]")) {
        const hits = factor.dataset.about.split(" ").filter((key) => about.has(key));
        factor.hidden = !hits.length;
        some ||= hits.length > 0;
        for (const key of hits) held.add(key);
      }
      line.hidden = !some;
      if (some) strictest ||= line.dataset.action;
    }
    const rest = [...about].filter(([key]) => !held.has(key)).map(([, label]) => label);
    one.nothing.hidden = !rest.length;
    one.nothing.firstElementChild.textContent = held.size ? ` for ${rest.join(", ")}` : "";
    return strictest;
  };

  const show = () => {
    const want = Object.fromEntries(new FormData(form));
    const words = wordsOf(want.find);
    const about = new Map(mine.filter((box) => box.checked).map((box) => [box.value, labelOf(box)]));
    const marks = { avoid: 0, "ask-specialist": 0, "": 0 };
    let shown = 0;
    let unsaid = 0;
    for (const one of tiles) {
      const uses = fitting(one, want);
      const passed = passes(one, uses, want, words);
      const lacks = passed && unknown(one, want);
      one.tile.hidden = !passed || lacks;
      unsaid += lacks ? 1 : 0;
      // Of the condition chosen, else of the first that fits.
      const told = uses[0] ?? one.uses[0];
      for (const each of one.uses) {
        each.use.hidden = each !== told;
        for (const line of each.rated) line.hidden = !fitsSex(line, want.sex);
      }
      const strictest = mark(one, about);
      if (!one.tile.hidden) { shown += 1; marks[strictest] += 1; }
    }
    for (const level of document.querySelectorAll(".level")) level.hidden = !level.querySelector(".tile:not([hidden])");
    for (const part of document.querySelectorAll(".condition")) part.hidden = part.dataset.for !== want.for;
    const filtered = Object.entries(want).some(([name, value]) => value && name !== "about");
    count.textContent = (filtered ? `${shown} of ${tiles.length} treatments` : all)
      + (unsaid ? `; ${unsaid} more left out, because ${want.cost ? "their cost in this currency" : "the time"} is not reported` : "");
    form.querySelector("[type=reset]").hidden = !filtered && !about.size;
    const labels = [...about.values()].join(", ");
    document.getElementById("mine").textContent = labels;
    warned.hidden = !about.size;
    warned.textContent = about.size
      ? `For ${labels}: ${marks.avoid} of the treatments shown list a reason not to, ${marks["ask-specialist"]} say to ask first. None is left out for it.`
      + ` For ${marks[""]} nothing was found here, which is not the same as safe.`
      : "";
    const chosen = boxes.filter((box) => box.checked);
    for (const box of boxes) box.disabled = !box.checked && chosen.length >= most;
    tray.hidden = !chosen.length;
    const names = chosen.map((box) => box.closest(".tile").querySelector("h3").textContent.trim());
    said.textContent = chosen.length < 2 ? `${names.join("")}: choose at least one more` : names.join(", ");
    go.hidden = chosen.length < 2;
    const compare = new URLSearchParams();
    if (chosen.length) compare.set("with", chosen.map((box) => box.value).join(","));
    if (chosen.length && want.for) compare.set("for", want.for);
    go.href = `compare.html#${compare.toString().replaceAll("%2C", ",")}`;
  };
  const save = () => {
    const state = stateOf(form);
    const chosen = boxes.filter((box) => box.checked).map((box) => box.value);
    if (chosen.length) state.set("with", chosen.join(","));
    keep(state);
  };
  const restore = () => {
    const state = kept();
    if (!state) return;
    fill(form, state);
    const keys = (state.get("with") ?? "").split(",").slice(0, most);
    for (const box of boxes) box.checked = keys.includes(box.value);
    show();
    for (const part of form.querySelectorAll("details")) {
      part.open ||= [...part.querySelectorAll("select[name]")].some((select) => select.value);
    }
  };

  whenChanged(form, show, save);
  const search = document.getElementById("find-factor");
  const choices = mine.map((box) => [box, folded(box.closest("label").dataset.names)]);
  const narrow = () => {
    const words = wordsOf(search.value);
    // What is chosen stays in sight.
    for (const [box, names] of choices) box.closest("label").hidden = !box.checked && !holds(names, words);
  };
  search.addEventListener("input", (event) => { narrow(); event.stopPropagation(); });
  form.addEventListener("reset", () => setTimeout(narrow));
  for (const box of boxes) box.addEventListener("change", () => { show(); save(); });
  document.getElementById("clear").addEventListener("click", () => {
    for (const box of boxes) box.checked = false;
    show();
    save();
    count.focus();
  });
  addEventListener("hashchange", restore);
  count.tabIndex = -1;
  form.hidden = false;
  for (const pick of document.querySelectorAll(".pick")) pick.hidden = false;
  restore();
})();
