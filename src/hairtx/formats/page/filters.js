// Filters and the choice to compare on the start page. The page reads the same without it.
"use strict";
(() => {
  const most = 4;
  const form = document.getElementById("filters");
  const tiles = [...document.querySelectorAll(".tile[data-key]")];
  const boxes = tiles.map((tile) => tile.querySelector("input"));
  const count = document.getElementById("count");
  const tray = document.getElementById("tray");
  const said = document.getElementById("chosen");
  const go = document.getElementById("go");
  const all = count.textContent;

  // The same rules as the filters of `hairtx list`: a use counts if condition and sex fit.
  const passes = (tile, want) => {
    const uses = tile.dataset.uses.split(" ").filter(Boolean).map((use) => use.split(":"));
    const fitting = uses.filter(([key, sex]) =>
      (!want.for || key === want.for) && (!want.sex || sex === "any" || sex === want.sex));
    if ((want.for || want.sex || want.certainty) && !fitting.length) return false;
    if (want.certainty && !fitting.some((use) => Number(use[2]) >= Number(want.certainty))) return false;
    if (want.setting && tile.dataset.setting !== want.setting) return false;
    if (want.downtime && (tile.dataset.downtime === "" || Number(tile.dataset.downtime) > Number(want.downtime))) return false;
    return true;
  };

  const show = () => {
    const want = Object.fromEntries(new FormData(form));
    let shown = 0;
    for (const tile of tiles) {
      tile.hidden = !passes(tile, want);
      shown += !tile.hidden;
    }
    for (const level of document.querySelectorAll(".level")) level.hidden = !level.querySelector(".tile:not([hidden])");
    const filtered = Object.values(want).some(Boolean);
    count.textContent = filtered ? `${shown} of ${tiles.length} treatments, from least to most invasive` : all;
    const chosen = boxes.filter((box) => box.checked);
    for (const box of boxes) box.disabled = !box.checked && chosen.length >= most;
    tray.hidden = !chosen.length;
    const names = chosen.map((box) => box.closest(".tile").querySelector("h3").textContent.trim());
    said.textContent = chosen.length < 2 ? `${names.join("")}: choose at least one more` : names.join(", ");
    go.hidden = chosen.length < 2;
    const state = new URLSearchParams(Object.entries(want).filter(([, value]) => value));
    const compare = new URLSearchParams();
    if (chosen.length) {
      const keys = chosen.map((box) => box.value).join(",");
      state.set("with", keys);
      compare.set("with", keys);
      if (want.for) compare.set("for", want.for);
    }
    go.href = `compare.html#${compare.toString().replaceAll("%2C", ",")}`;
    return state.toString().replaceAll("%2C", ",");
  };

  const save = () => {
    const state = show();
    history.replaceState(null, "", state ? `#${state}` : location.pathname + location.search);
  };

  const restore = () => {
    const hash = location.hash.slice(1);
    // A place on the page, not a choice.
    if (hash && !hash.includes("=")) return;
    const state = new URLSearchParams(hash);
    for (const select of form.elements) {
      if (select.tagName !== "SELECT") continue;
      const wanted = state.get(select.name) ?? "";
      select.value = [...select.options].some((option) => option.value === wanted) ? wanted : "";
    }
    const keys = (state.get("with") ?? "").split(",").slice(0, most);
    for (const box of boxes) box.checked = keys.includes(box.value);
    show();
  };

  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("change", save);
  form.addEventListener("reset", () => setTimeout(save));
  for (const box of boxes) box.addEventListener("change", save);
  document.getElementById("clear").addEventListener("click", () => {
    for (const box of boxes) box.checked = false;
    save();
    count.focus();
  });
  addEventListener("hashchange", restore);
  count.tabIndex = -1;
  form.hidden = false;
  for (const pick of document.querySelectorAll(".pick")) pick.hidden = false;
  restore();
})();
