// Asks the program on this machine about each mail that is about to be sent, and shows what it found.
// Whatever fails here, the mail goes: an outage never holds mail back.
"use strict";

const HOST = "followup_lint";
const PATIENCE = 40_000; // milliseconds; the host itself gives up after 30 seconds
const BODY = 100_000; // characters; the host reads the first 10,000
const UNITS = { width: 640, height: 480 };

let port = null;
let asked = 0;
let told = false;
const waiting = new Map(); // number of a question -> what to do with its answer
const dialogs = new Map(); // window -> { answer, done }

// The host takes seconds to start, so it starts with the compose window and stays.
function host() {
  if (!port) {
    const made = browser.runtime.connectNative(HOST);
    made.onMessage.addListener((reply) => waiting.get(reply.id)?.(reply));
    made.onDisconnect.addListener(() => {
      if (port === made) port = null;
      for (const answer of [...waiting.values()]) answer(null);
    });
    port = made;
  }
  return port;
}

function ask(draft) {
  return new Promise((resolve) => {
    const id = ++asked;
    const timer = setTimeout(() => waiting.get(id)?.(null), PATIENCE);
    waiting.set(id, (answer) => {
      waiting.delete(id);
      clearTimeout(timer);
      resolve(answer);
    });
    try {
      host().postMessage({ id, draft });
    } catch {
      waiting.get(id)(null);
    }
  });
}

// Entries of the address book are objects; only written addresses are passed on.
const written = (list) => [list ?? []].flat().filter((one) => typeof one === "string");

const draftOf = (details) => ({
  from: written(details.from),
  to: written(details.to),
  cc: written(details.cc),
  bcc: written(details.bcc),
  subject: details.subject ?? "",
  body: (details.plainTextBody ?? "").slice(0, BODY),
});

async function notify(title, lines) {
  try {
    await browser.notifications.create({ type: "basic", title, message: lines.join("\n") });
  } catch {
    console.warn(title);
  }
}

// Resolves to true for "Send anyway". A dialog that is closed means back to the mail.
async function decided(answer) {
  const opened = await browser.windows.create({
    type: "popup", url: "dialog.html", allowScriptsToClose: true, ...UNITS,
  });
  return new Promise((done) => dialogs.set(opened.id, { answer, done }));
}

function close(window, send) {
  dialogs.get(window)?.done(send);
  dialogs.delete(window);
}

async function beforeSend(tab, details) {
  try {
    const answer = await ask(draftOf(details));
    if (!answer) {
      if (!told) await notify("followup-lint could not be asked; mail goes unchecked", ["See docs/pre-send/thunderbird.md."]);
      told = true;
      return {};
    }
    if (answer.problems.length) await notify("followup-lint", answer.problems);
    if (answer.action === "show") await notify(`The mail goes; you may want to know: ${answer.reason}`, answer.findings);
    if (answer.action !== "stop") return {};
    return { cancel: !(await decided(answer)) };
  } catch (problem) {
    console.error(`followup-lint: ${problem.name}`);
    return {};
  }
}

browser.compose.onBeforeSend.addListener(beforeSend);
browser.windows.onRemoved.addListener((window) => close(window, false));
browser.tabs.onCreated.addListener((tab) => {
  if (tab.type !== "messageCompose") return;
  try {
    host();
  } catch {
    port = null;
  }
});
browser.runtime.onMessage.addListener(async (message, sender) => {
  if (message.kind === "decided") return close(sender.tab.windowId, message.send === true);
  // The dialog may be quicker than the promise that tells its window.
  for (let tries = 0; tries < 100; tries++) {
    const known = dialogs.get(sender.tab.windowId);
    if (known) return known.answer;
    await new Promise((later) => setTimeout(later, 20));
  }
  return null;
});
