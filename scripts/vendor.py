#!/usr/bin/env python3
"""Copies the web client's libraries from a `node_modules` folder into src/skvorets/client/vendor/.

    npm install --no-save preact@10 htm@3 @preact/signals@2     (in any empty folder)
    scripts/vendor.py THAT_FOLDER/node_modules

The files are the packages' own modules; only the names that they import are made relative, so that no build is needed.
"""

import json
import re
import sys
from pathlib import Path

TARGET = Path(__file__).resolve().parents[1] / "src" / "skvorets" / "client" / "vendor"
# our file → package, its module
MODULES = {
    "preact.js": ("preact", "dist/preact.module.js"),
    "hooks.js": ("preact", "hooks/dist/hooks.module.js"),
    "htm.js": ("htm", "dist/htm.module.js"),
    "signals-core.js": ("@preact/signals-core", "dist/signals-core.module.js"),
    "signals.js": ("@preact/signals", "dist/signals.module.js"),
}
IMPORTS = {
    "preact": "./preact.js",
    "preact/hooks": "./hooks.js",
    "@preact/signals-core": "./signals-core.js",
}


def main(folder: Path) -> None:
    """Copy the modules, and say what they are in README.txt."""
    lines = ["Libraries of others, unchanged but for the names of imports (scripts/vendor.py).", ""]
    for name, (package, module) in MODULES.items():
        about = json.loads((folder / package / "package.json").read_text(encoding="utf-8"))
        text = (folder / package / module).read_text(encoding="utf-8")
        text = re.sub(r"\n?//# sourceMappingURL=.*", "", text)
        text = re.sub(r'from"([^"]+)"', lambda match: f'from"{IMPORTS[match[1]]}"', text)
        (TARGET / name).write_text(text.rstrip() + "\n", encoding="utf-8")
        lines.append(f"{name}: {package} {about['version']}, {about['license']}")
        licence = (folder / package / "LICENSE").read_text(encoding="utf-8")
        (TARGET / f"LICENSE-{package.rpartition('/')[2]}.txt").write_text(licence, encoding="utf-8")
    (TARGET / "README.txt").write_text("\n".join([*lines, ""]), encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
