// What the loader of the widget leaves on a page.

interface Window {
  Skvorets?: Readonly<{ open: () => void; close: () => void; identify: (who: { name?: string; email?: string }) => void }>;
}
