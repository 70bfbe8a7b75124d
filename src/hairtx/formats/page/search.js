// What the pages that can be searched share. Case, accents and hyphens make no difference.
"use strict";
const hyphens = /[-\u2010-\u2015]/gu;
const folded = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().replaceAll("ß", "ss").replace(hyphens, "");
// “micro-needling” is found as one word and as two.
const wordsOf = (text) => text.split(/\s+/u).filter(Boolean).map((word) => [folded(word), word.split(hyphens).map(folded)]);
const holds = (there, words) => words.every(([whole, parts]) => there.includes(whole) || parts.every((part) => there.includes(part)));

// The state of a form is in the address behind #, so that a link brings it back.
const stateOf = (form) => {
  const state = new URLSearchParams();
  for (const [name, value] of new FormData(form)) {
    if (value) state.set(name, state.has(name) ? `${state.get(name)},${value}` : value);
  }
  return state;
};
const fill = (form, state) => {
  for (const field of form.elements) {
    if (!field.name) continue;
    const wanted = state.get(field.name) ?? "";
    if (field.type === "checkbox") field.checked = wanted.split(",").includes(field.value);
    else if (field.tagName !== "SELECT" || [...field.options].some((option) => option.value === wanted)) field.value = wanted;
    else field.value = "";
  }
};
const keep = (state) => {
  const text = state.toString().replaceAll("%2C", ",");
  history.replaceState(null, "", text ? `#${text}` : location.pathname + location.search);
};
// Null: a place on the page, not a state.
const kept = () => {
  const hash = location.hash.slice(1);
  return hash && !hash.includes("=") ? null : new URLSearchParams(hash);
};
const whenChanged = (form, show, save) => {
  let waiting;
  form.addEventListener("input", (event) => {
    show();
    clearTimeout(waiting);
    // Browsers refuse an address that changes with every letter.
    if (event.target.type === "search") waiting = setTimeout(save, 250);
    else save();
  });
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => setTimeout(() => { show(); save(); }));
};
