"""A browser for tests: headless Chromium driven through chromedriver on the loopback interface.

Reads nothing; writes screenshots where a test says. WebDriver (W3C) spoken with the standard
library, so that no package is needed for it.
"""

from __future__ import annotations

import base64
import json
import shutil
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path
from typing import Any

FLAGS = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
    "--window-size=1500,1300",
    # Every name but this machine's own fails, so that a page that needs the network shows it.
    "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1",
)
ELEMENT = "element-6066-11e4-a52e-4f735466cecf"
KEYS = {"Enter": "\ue007", "Control": "\ue009"}


def is_installed() -> bool:
    return bool(shutil.which("chromedriver") and chromium())


def chromium() -> str | None:
    return shutil.which("chromium") or shutil.which("google-chrome") or shutil.which("chrome")


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def wait_until(is_true: Callable[[], Any], what: str, seconds: float = 30) -> Any:
    """The first true answer; fails naming `what` when there is none in time."""
    end = time.monotonic() + seconds
    while True:
        answer = is_true()
        if answer:
            return answer
        assert time.monotonic() < end, f"not within {seconds:g} s: {what}"
        time.sleep(0.05)


class Browser:
    """One page of one browser; call `close` at the end."""

    def __init__(self, profile: Path) -> None:
        self.port = free_port()
        self.driver = subprocess.Popen(
            [str(shutil.which("chromedriver")), f"--port={self.port}"],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        self.session = ""
        wait_until(self.is_ready, "chromedriver answers")
        options = {"binary": chromium(), "args": [*FLAGS, f"--user-data-dir={profile}"]}
        wanted = {"goog:chromeOptions": options, "goog:loggingPrefs": {"browser": "ALL"}}
        answer = self.ask("POST", "/session", {"capabilities": {"alwaysMatch": wanted}})
        self.session = f"/session/{answer['sessionId']}"

    def is_ready(self) -> bool:
        try:
            return bool(self.ask("GET", "/status")["ready"])
        except urllib.error.URLError:
            return False

    def ask(self, method: str, path: str, body: dict[str, Any] | None = None) -> Any:
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(
            f"http://127.0.0.1:{self.port}{self.session}{path}", data=data, method=method
        )
        request.add_header("Content-Type", "application/json")
        with urllib.request.urlopen(request, timeout=60) as answer:
            return json.loads(answer.read())["value"]

    def open(self, url: str) -> None:
        self.ask("POST", "/url", {"url": url})

    def run(self, script: str, *arguments: Any) -> Any:
        return self.ask("POST", "/execute/sync", {"script": script, "args": list(arguments)})

    def text(self) -> str:
        """All text that is to be seen, also inside the shadow roots of the page's elements."""
        return " ".join(str(self.run(DEEP + "return deep(document.body);")).split())

    def wait_for(self, words: str, seconds: float = 30) -> None:
        wait_until(lambda: words in self.text(), f"{words!r} on the page", seconds)

    def click(self, label: str) -> None:
        """Click the first button, tab or cell that shows exactly this label."""
        wait_until(
            lambda: self.run(FIND + "return hit(arguments[0]);", label), f"{label!r} to click"
        )

    def tick(self, words: str) -> None:
        """Choose the row of a table that has exactly these words in a cell."""
        wait_until(lambda: self.run(FIND + "return tick(arguments[0]);", words), f"row {words!r}")

    def leave_field(self) -> None:
        """Take the cursor out of whatever field has it, as Tab does for a person."""
        self.run(
            "let one = document.activeElement;"
            "while (one.shadowRoot && one.shadowRoot.activeElement)"
            "  one = one.shadowRoot.activeElement;"
            "one.blur();"
        )

    def press(self, *keys: str) -> None:
        """Press keys together on whatever has the focus."""
        codes = [KEYS.get(key, key) for key in keys]
        actions = [{"type": "keyDown", "value": code} for code in codes]
        actions += [{"type": "keyUp", "value": code} for code in reversed(codes)]
        self.ask(
            "POST", "/actions", {"actions": [{"type": "key", "id": "keys", "actions": actions}]}
        )

    def type_into(self, label: str, text: str) -> None:
        """Replace what stands in the input beside this label."""
        found = wait_until(
            lambda: self.run(FIND + "return input(arguments[0]);", label), f"input {label!r}"
        )
        self.ask("POST", f"/element/{found[ELEMENT]}/clear", {})
        self.ask("POST", f"/element/{found[ELEMENT]}/value", {"text": text})

    def choose(self, label: str, option: str) -> None:
        """Choose in the drop-down beside this label."""
        wait_until(
            lambda: self.run(FIND + "return choose(arguments[0], arguments[1]);", label, option),
            f"{option!r} under {label!r}",
        )

    def screenshot(self, path: Path) -> None:
        path.write_bytes(base64.b64decode(self.ask("GET", "/screenshot")))

    def errors(self) -> list[str]:
        entries = self.ask("POST", "/se/log", {"type": "browser"})
        return [entry["message"] for entry in entries if entry["level"] == "SEVERE"]

    def close(self) -> None:
        try:
            self.ask("DELETE", "")
        finally:
            self.driver.terminate()
            self.driver.wait(10)


DEEP = """
function deep(node) {
  if (node.nodeType === 3) return node.textContent;
  if (['STYLE', 'SCRIPT'].includes(node.tagName)) return '';
  let inner = node.shadowRoot ? deep(node.shadowRoot) : '';
  for (const child of node.childNodes) inner += ' ' + deep(child);
  return inner;
}
"""
FIND = """
function all(root, found = []) {
  for (const element of root.querySelectorAll('*')) {
    found.push(element);
    if (element.shadowRoot) all(element.shadowRoot, found);
  }
  return found;
}
function isSeen(element) { return element.getClientRects().length > 0; }
function hit(label) {
  for (const element of all(document)) {
    const isButton = ['BUTTON', 'TD', 'LABEL'].includes(element.tagName)
      || element.getAttribute('role') === 'tab';
    if (isButton && !element.disabled && isSeen(element) && element.textContent.trim() === label) {
      const options = {bubbles: true, composed: true, button: 0};
      element.dispatchEvent(new MouseEvent('mousedown', options));
      element.click();
      return true;
    }
  }
  return false;
}
function tick(words) {
  const cell = all(document).find(
    element => element.tagName === 'TD' && isSeen(element) && element.textContent.trim() === words);
  const box = cell && cell.closest('tr').querySelector('[role=checkbox]');
  if (!box) return false;
  if (box.getAttribute('aria-checked') !== 'true') box.click();
  return true;
}
function beside(label, kinds) {
  for (const host of all(document)) {
    if (!host.shadowRoot || !host.tagName.startsWith('MARIMO-')) continue;
    const inner = all(host.shadowRoot);
    const found = inner.find(element => kinds.includes(element.tagName));
    if (!found || !isSeen(found)) continue;
    if (inner.some(element => !element.children.length && element.textContent.trim() === label))
      return found;
  }
  return null;
}
function input(label) { return beside(label, ['INPUT', 'TEXTAREA']); }
function choose(label, option) {
  const select = beside(label, ['SELECT']);
  if (!select) return false;
  const wanted = [...select.options].find(one => one.textContent.trim() === option);
  if (!wanted) return false;
  select.value = wanted.value;
  select.dispatchEvent(new Event('change', {bubbles: true}));
  return true;
}
"""
