"""Multipart bodies: what browsers and libraries send, and nothing that is cut off or without limit."""

import re

import aiohttp
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from skvorets.multipart import (
    MAX_FILES,
    MAX_HEADER_LENGTH,
    BadMultipart,
    UploadedFile,
    parse_multipart,
)
from skvorets.php_forms import MAX_KEY_LENGTH, MAX_PAIRS, TooComplex, nest

TYPE = "multipart/form-data; boundary=XX"


def part(disposition: str, data: bytes = b"1", more: str = "") -> bytes:
    return f"--XX\r\nContent-Disposition: {disposition}\r\n{more}\r\n".encode() + data + b"\r\n"


def test_fields_and_files_are_told_apart() -> None:
    body = (
        part('form-data; name="id"', b"17")
        + part('form-data; name="data[NAME]"', "отчёт.pdf".encode())
        + part(
            'form-data; name="file"; filename="отчёт.pdf"',
            b"\r\n--X\0\xff\r\n",
            "Content-Type: Application/PDF; x=y\r\n",
        )
        + b"--XX--\r\n"
    )
    pairs, files = parse_multipart(body, TYPE)

    assert nest(pairs) == {"id": "17", "data": {"NAME": "отчёт.pdf"}}
    assert files == [UploadedFile("file", "отчёт.pdf", "application/pdf", b"\r\n--X\0\xff\r\n")]


@pytest.mark.parametrize(
    ("disposition", "name"),
    [
        ('form-data; name="f"; filename="a.txt"', "a.txt"),
        ("form-data; name=f; filename=a.txt", "a.txt"),
        ('FORM-DATA; NAME="f"; FILENAME="a.txt"', "a.txt"),
        ('form-data; filename="a;b.txt"; name="f"', "a;b.txt"),
        ('form-data; name="f"; filename="say \\"hi\\".txt"', 'say "hi".txt'),
        ('form-data; name="f"; filename="C:\\dir\\a.txt"', "a.txt"),
        ('form-data; name="f"; filename="../../etc/passwd"', "passwd"),
        ("form-data; name=\"f\"; filename*=UTF-8''%D0%B4%D0%B0.txt", "да.txt"),
        ('form-data; name="f";\r\n filename="a.txt"', "a.txt"),
        ('form-data; name="f"; filename=""', ""),
    ],
)
def test_a_file_name_in_each_spelling(disposition: str, name: str) -> None:
    _, files = parse_multipart(part(disposition) + b"--XX--", TYPE)

    assert [(file.field, file.name) for file in files] == [("f", name)]


@pytest.mark.parametrize(
    "content_type",
    [
        'multipart/form-data; boundary="XX"',
        "Multipart/Form-Data;charset=utf-8; BOUNDARY=XX; x=y",
        "multipart/form-data;boundary=XX",
    ],
)
def test_the_boundary_in_each_spelling(content_type: str) -> None:
    assert parse_multipart(part('form-data; name="a"') + b"--XX--", content_type) == ([("a", "1")], [])


def test_a_file_that_was_not_chosen_is_no_file() -> None:
    assert parse_multipart(part('form-data; name="f"; filename=""', b"") + b"--XX--", TYPE) == ([], [])


def test_preamble_epilogue_and_nameless_parts_are_passed_over() -> None:
    body = b"hello\r\n" + part("form-data") + part('attachment; name="a"') + part('form-data; name="b"') + b"--XX--bye"

    assert parse_multipart(body, TYPE) == ([("b", "1")], [])


def test_an_empty_form_is_empty() -> None:
    assert parse_multipart(b"--XX--\r\n", TYPE) == ([], [])


async def test_what_our_http_library_sends_is_read() -> None:
    form = aiohttp.FormData()
    form.add_field("MESSAGE", "Привет", content_type="text/plain; charset=utf-8")
    form.add_field("file", b"\x89PNG", filename="a.png", content_type="image/png")
    payload = form()
    assert isinstance(payload, aiohttp.MultipartWriter)
    pairs, files = parse_multipart(await payload.as_bytes(), payload.headers["Content-Type"])

    assert pairs == [("MESSAGE", "Привет")]
    assert files == [UploadedFile("file", "a.png", "image/png", b"\x89PNG")]


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        (b"", TYPE),
        (b"--XX", TYPE),
        (b"--XX\r\n", TYPE),
        (part('form-data; name="a"'), TYPE),
        (b"--XXY\r\n\r\n\r\n--XX--", TYPE),
        (b'--XX\r\nContent-Disposition: form-data; name="a"\r\n--XX--', TYPE),
        (part('form-data; name="a"') + b"--YY--", TYPE),
        (part('form-data; name="a"', more="X: " + "x" * MAX_HEADER_LENGTH + "\r\n") + b"--XX--", TYPE),
        (part('form-data; name="a"') + b"--XX--", "multipart/form-data"),
        (part('form-data; name="a"') + b"--XX--", "multipart/mixed; boundary=XX"),
        (part('form-data; name="a"') + b"--XX--", "multipart/form-data; boundary="),
        (part('form-data; name="a"') + b"--XX--", "multipart/form-data; boundary=" + "X" * 71),
        (part('form-data; name="a"') + b"--XX--", "multipart/form-data" + "; " * 1_000_000 + "boundary=XX"),
    ],
)
def test_a_damaged_body_is_refused(body: bytes, content_type: str) -> None:
    with pytest.raises(BadMultipart):
        parse_multipart(body, content_type)


@pytest.mark.parametrize(
    "parts",
    [
        pytest.param([part('form-data; name="a"')] * (MAX_PAIRS + 1), id="fields"),
        pytest.param([part('form-data; name="a"; filename="b"')] * (MAX_FILES + 1), id="files"),
        pytest.param([part("form-data")] * (MAX_PAIRS + MAX_FILES + 1), id="nameless"),
        pytest.param([part(f'form-data; name="{"a" * (MAX_KEY_LENGTH + 1)}"')], id="name"),
    ],
)
def test_too_much_is_refused(parts: list[bytes]) -> None:
    with pytest.raises(TooComplex):
        parse_multipart(b"".join(parts) + b"--XX--", TYPE)


@settings(deadline=None)
@given(
    st.binary()
    | st.lists(st.sampled_from([b"--XX", b"\r\n", b"--", b'Content-Disposition: form-data; name="a"', b": x"])).map(
        b"".join
    )
)
def test_any_body_gives_parts_or_a_named_error(body: bytes) -> None:
    try:
        parse_multipart(body, TYPE)
        parse_multipart(b"--XX\r\n" + body + b"\r\n--XX--", TYPE)
    except (BadMultipart, TooComplex):
        return


@settings(deadline=None)
@given(st.text())
def test_any_content_type_gives_parts_or_a_named_error(content_type: str) -> None:
    for header in (content_type, "multipart/form-data; boundary=" + content_type):
        try:
            parse_multipart(b"--XX--", header)
        except BadMultipart:
            continue
        assert re.search("XX", header)


@settings(deadline=None, max_examples=40)
@given(
    st.lists(
        st.tuples(
            st.from_regex(r"[A-Za-z]\w{0,9}", fullmatch=True), st.binary().filter(lambda data: b"--XX" not in data)
        )
    )
)
def test_the_data_of_a_file_arrives_unchanged(sent: list[tuple[str, bytes]]) -> None:
    body = b"".join(part(f'form-data; name="{name}"; filename="f"', data) for name, data in sent[:50])
    _, files = parse_multipart(body + b"--XX--", TYPE)

    assert [(file.field, file.data) for file in files] == sent[:50]
