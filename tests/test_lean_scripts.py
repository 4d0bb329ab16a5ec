"""Scripts and styles without their comments stay what they are."""

from __future__ import annotations

from skvorets.lean_scripts import lean_script, lean_style


def test_comments_and_types_go_and_nothing_else() -> None:
    source = (
        "// words\n/**\n * @param {string} it\n */\nexport function f(it) {\n"
        '  const address = "https://example.com"; // stays\n'
        "  return /** @type {string} */ (it) + address;\n}\n"
    )
    wanted = 'export function f(it) {\nconst address = "https://example.com"; // stays\nreturn (it) + address;\n}\n'
    assert lean_script(source) == wanted
    assert lean_style("/* a */\n.b {\n  color: red; /* c */\n}\n") == ".b {\ncolor: red; /* c */\n}\n"
