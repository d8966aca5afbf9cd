/**
 * One box that selects every row of a table, and how many are selected; without this file each row has its own box.
 */

/** Where the form says how many rows are selected, beside its button. */
function tallyIn(form) {
  const tally = document.createElement("p");
  tally.className = "hand-out__tally";
  tally.setAttribute("role", "status");
  form.querySelector(".hand-out__to .actions")?.append(tally);
  return tally;
}

/** Join the box at the head of a table with those of its rows. */
function join(head) {
  const all = head.querySelector("input");
  const boxes = [...head.closest("table").querySelectorAll("tbody input[type=checkbox]")];
  const tally = tallyIn(head.closest("form"));
  const look = () => {
    const ticked = boxes.filter((box) => box.checked).length;
    all.checked = ticked === boxes.length;
    all.indeterminate = ticked > 0 && ticked < boxes.length;
    tally.textContent = ticked ? `${ticked} of ${boxes.length} selected` : "";
  };
  all.addEventListener("change", () => {
    boxes.forEach((box) => { box.checked = all.checked; });
    look();
  });
  boxes.forEach((box) => box.addEventListener("change", look));
  look();
  head.hidden = false;
}

document.querySelectorAll("[data-select-all]").forEach(join);
// The browser may fill the boxes in again when someone comes back to the page.
window.addEventListener("pageshow", () => document.querySelector("[data-select-all] input")
  ?.closest("table").querySelector("tbody input[type=checkbox]")?.dispatchEvent(new Event("change")));
