/**
 * One box that selects every row of a table; without this file it stays hidden and each row has its own.
 */

/** Join the box at the head of a table with those of its rows. */
function join(head) {
  const all = head.querySelector("input");
  const boxes = [...head.closest("table").querySelectorAll("tbody input[type=checkbox]")];
  const look = () => {
    const ticked = boxes.filter((box) => box.checked).length;
    all.checked = ticked === boxes.length;
    all.indeterminate = ticked > 0 && ticked < boxes.length;
  };
  all.addEventListener("change", () => boxes.forEach((box) => { box.checked = all.checked; }));
  boxes.forEach((box) => box.addEventListener("change", look));
  look();
  head.hidden = false;
}

document.querySelectorAll("[data-select-all]").forEach(join);
// The browser may fill the boxes in again when someone comes back to the page.
window.addEventListener("pageshow", () => document.querySelector("[data-select-all] input")
  ?.closest("table").querySelector("tbody input[type=checkbox]")?.dispatchEvent(new Event("change")));
