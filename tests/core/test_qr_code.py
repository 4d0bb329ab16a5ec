"""QR codes: what is drawn is what a reader of QR codes finds."""

from __future__ import annotations

import re

import segno

from skvorets.core.qr_code import draw_qr_code

TEXT = "otpauth://totp/Skvorets:bob%40example.com?secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP&issuer=Skvorets"
_RUN = re.compile(r"M(\d+) (\d+)h(\d+)v1h-(\d+)z")


def test_the_drawing_is_the_code_with_an_empty_edge() -> None:
    drawn = draw_qr_code(TEXT)
    dark = set()
    for x, y, there, back in _RUN.findall(drawn.path):
        assert there == back
        dark |= {(int(x) + step, int(y)) for step in range(int(there))}
    assert _RUN.sub("", drawn.path) == ""
    matrix = segno.make_qr(TEXT, error="m").matrix
    assert drawn.size == len(matrix) + 8
    assert dark == {(x + 4, y + 4) for y, row in enumerate(matrix) for x, one in enumerate(row) if one}


def test_cyrillic_names_fit() -> None:
    assert draw_qr_code("otpauth://totp/" + "%D0%AF" * 60 + "?secret=" + "A" * 32).size < 100
