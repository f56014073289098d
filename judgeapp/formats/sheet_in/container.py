"""What kind of file it really is, by its content and never by its name.

Portals export web pages named .xls, phones rename anything; a file is read as what it is, or
refused with the sentence for what it is.
"""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from enum import Enum
from pathlib import Path

from judgeapp.domain.errors import BadInput, JudgeError
from judgeapp.formats.sheet_in.caps import MAX_FILE_BYTES

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_BIFF_STREAMS = {"workbook", "book"}
_WORD_STREAMS = {"worddocument", "powerpoint document"}
# Files that are no spreadsheets, by their first three bytes.
_OTHER_KINDS = {
    b"%PD": "sheet.is_pdf",
    b"{\\r": "sheet.is_word",
    b"\x89PN": "sheet.is_picture",
    b"\xff\xd8\xff": "sheet.is_picture",
    b"GIF": "sheet.is_picture",
    b"Rar": "sheet.is_archive",
    b"7z\xbc": "sheet.is_archive",
    b"\x1f\x8b\x08": "sheet.is_archive",
}
_HTML = re.compile(rb"<\s*(?:!doctype\s+html|html|table|body|head|meta|tr|div)\b", re.IGNORECASE)
_ODS_TYPE = b"application/vnd.oasis.opendocument.spreadsheet"


class Container(Enum):
    """Kinds of file that are read."""

    XLSX = "xlsx"
    XLS = "xls"
    ODS = "ods"
    FLAT_ODS = "fods"
    HTML = "html"
    TEXT = "text"


def read_file(path: Path) -> bytes:
    """Return the file's bytes.

    Raises:
        JudgeError: ``sheet.not_there``, ``sheet.cannot_read``.
        BadInput: ``sheet.empty`` for 0 bytes, ``sheet.file_too_large``.
    """
    name = path.name
    try:
        if not path.is_file():
            raise JudgeError("sheet.not_there", file=str(path))
        with path.open("rb") as file:
            content = file.read(MAX_FILE_BYTES + 1)
    except OSError as error:
        raise JudgeError("sheet.cannot_read", file=name) from error
    if not content:
        raise BadInput("sheet.empty", file=name)
    if len(content) > MAX_FILE_BYTES:
        raise BadInput("sheet.file_too_large", file=name, limit=MAX_FILE_BYTES >> 20)
    return content


def container_of(content: bytes, file: str) -> Container:
    """Tell what the bytes are.

    Raises:
        BadInput: ``sheet.password``, ``sheet.is_word``, ``sheet.is_binary_workbook``,
            ``sheet.is_xml_2003``, ``sheet.is_mail_archive``, ``sheet.not_a_sheet``, …
    """
    if content.startswith(b"PK\x03\x04") or content.startswith(b"PK\x05\x06"):
        return _zip_kind(content, file)
    if content.startswith(_OLE):
        return _ole_kind(content, file)
    if content[:2] in (b"\x09\x08", b"\x09\x04", b"\x09\x02", b"\x09\x00") and b"\0" in content[:8]:
        return Container.XLS  # Excel 2 to 5 without an outer container
    code = _OTHER_KINDS.get(content[:3])
    if code is not None:
        raise BadInput(code, file=file)
    return _text_kind(content, file)


def _zip_kind(content: bytes, file: str) -> Container:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            infos = {info.filename: info for info in archive.infolist()}
            mimetype = infos.get("mimetype")
            if mimetype is not None and mimetype.file_size < 200:
                if archive.read(mimetype).strip().startswith(_ODS_TYPE):
                    return Container.ODS
                raise BadInput("sheet.is_word", file=file)
    except (zipfile.BadZipFile, zlib.error, RuntimeError, OSError, EOFError, ValueError) as error:
        raise BadInput("sheet.damaged", file=file) from error
    names = {name.lstrip("/").casefold() for name in infos}
    if "xl/workbook.bin" in names:
        raise BadInput("sheet.is_binary_workbook", file=file)
    if any(name.startswith("xl/") for name in names):
        return Container.XLSX
    if any(name.startswith(("word/", "ppt/")) for name in names):
        raise BadInput("sheet.is_word", file=file)
    raise BadInput("sheet.is_archive", file=file)


def _ole_kind(content: bytes, file: str) -> Container:
    names = _ole_names(content)
    if "encryptedpackage" in names:
        raise BadInput("sheet.password", file=file)
    if names & _BIFF_STREAMS:
        return Container.XLS
    if names & _WORD_STREAMS:
        raise BadInput("sheet.is_word", file=file)
    raise BadInput("sheet.not_a_sheet", file=file)


def _ole_names(content: bytes) -> set[str]:
    """Return the small-letter names of the streams in an OLE container.

    Every directory entry is 128 bytes long on a boundary of 128 and says how long its name is; so
    the names are found without following the chains, which a damaged file may have lost.
    """
    names = set()
    for offset in range(512, len(content) - 127, 128):
        length, kind = struct.unpack_from("<HB", content, offset + 64)
        if kind in (1, 2, 5) and 4 <= length <= 64 and length % 2 == 0:
            raw = content[offset : offset + length - 2]
            if raw[1] == 0:
                names.add(raw.decode("utf-16-le", errors="replace").casefold())
    return names


def _text_kind(content: bytes, file: str) -> Container:
    start = content[:8192].lstrip(b"\xef\xbb\xbf").replace(b"\0", b"")
    if start.lstrip().startswith(b"<?xml") or start.lstrip().startswith(b"<office:document"):
        if b"urn:schemas-microsoft-com:office:spreadsheet" in start:
            raise BadInput("sheet.is_xml_2003", file=file)
        if b"urn:oasis:names:tc:opendocument:xmlns:office" in start:
            return Container.FLAT_ODS
    if start.lstrip().lower().startswith((b"mime-version:", b"from: <saved by")):
        raise BadInput("sheet.is_mail_archive", file=file)
    if start.lstrip().startswith(b"<") and _HTML.search(start):
        return Container.HTML
    return Container.TEXT
