/* Keys of moderators, by their place on the keyboard (`event.code`), so that they work on a Persian layout.
   Each key presses or focuses something that is on the page; nothing is decided without the button. */
const rows = [...document.querySelectorAll("[data-row]")];
const writes = (element) => element.closest("textarea, select, input:not([type=checkbox], [type=radio])");
let at = -1;

const go = (step) => {
  if (!rows.length) return;
  at = Math.min(Math.max(at + step, 0), rows.length - 1);
  rows[at].querySelector("b a").focus();
};
const choose = (verdict) => {
  const radio = document.getElementById(`v-${verdict}`);
  if (radio) {
    radio.checked = true;
    radio.focus();
  }
};
const keys = {
  KeyJ: () => go(1),
  KeyK: () => go(-1),
  KeyO: () => rows[at]?.querySelector("b a").click(),
  KeyX: () => rows[at]?.querySelector("input[type=checkbox]")?.click(),
  KeyN: () => document.querySelector("[data-key=next]")?.click(),
  KeyA: () => choose("approve"),
  KeyC: () => choose("return"),
  KeyR: () => choose("reject"),
  Slash: () => {
    const list = document.getElementById("keys");
    list.open = !list.open;
    list.querySelector("summary").focus();
  },
};

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.altKey || event.metaKey || event.repeat || writes(event.target)) return;
  const act = keys[event.code];
  if (act) {
    event.preventDefault();
    act();
  }
});
