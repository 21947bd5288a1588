// Puts text on the clipboard within a person's click, also on pages without TLS. Never reads the clipboard.

/** Copies the text; false when the browser did not allow it. */
export async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    // No clipboard on pages without TLS, or the frame's permission policy forbids it.
    return copyByEvent(text);
  }
}

function copyByEvent(text: string): boolean {
  let copied = false;
  const settings = new AbortController();
  const options = { capture: true, signal: settings.signal };
  const allow = (event: Event): void => {
    event.preventDefault(); // Chromium enables "copy" without a selection only when somebody says so here.
    event.stopImmediatePropagation();
  };
  const write = (event: ClipboardEvent): void => {
    event.preventDefault();
    event.stopImmediatePropagation();
    event.clipboardData?.setData("text/plain", text);
    copied = event.clipboardData !== null;
  };
  addEventListener("beforecopy", allow, options);
  addEventListener("copy", write, options);
  document.execCommand("copy");
  settings.abort();
  return copied;
}
