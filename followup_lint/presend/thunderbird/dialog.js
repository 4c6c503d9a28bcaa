// Shows the findings on one mail. They quote the mail, so they are only ever put in as text.
"use strict";

const part = (id) => document.getElementById(id);

async function decide(send) {
  await browser.runtime.sendMessage({ kind: "decided", send });
  window.close();
}

async function show() {
  const answer = await browser.runtime.sendMessage({ kind: "ask" });
  if (!answer) return window.close();
  part("reason").textContent = answer.reason;
  for (const line of answer.findings) {
    const item = document.createElement("li");
    item.textContent = line;
    item.className = line.startsWith("error") ? "error" : "warning";
    part("findings").append(item);
  }
  part("report").textContent = answer.report ? `The whole report: ${answer.report}` : "";
}

part("send").addEventListener("click", () => decide(true));
part("back").addEventListener("click", () => decide(false));
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") decide(false);
});
show();
