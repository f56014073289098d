"""The words of Vietnamese offices' lists: column headings, titles of parts, totals, signatures.

Data only. Headings are compared by their bare key (small letters without diacritics), because they
are typed in any way; words that mark a row are compared with diacritics, because without them they
are parts of people's names (Tống Công Bằng is no ``tổng cộng``).
Source: registration sheets of such contests (contest-rules.md 5) and the cases of this project.
"""

from __future__ import annotations

import re
from typing import Literal

from judgeapp.domain.names import bare_key, clean

Field = Literal[
    "number", "code", "name", "birth", "gender", "unit", "unit_code", "position", "topic", "score",
    "phone", "email", "note", "group", "kind", "sector", "members", "other",
]  # fmt: skip
# What a column can be while two or three of them make one field.
PartOfField = Literal["family", "given", "male", "female", "day", "month", "year"]

_WHO = (
    "thi sinh|bao cao vien|bcv|tuyen truyen vien|ttv|nguoi du thi|du thi|can bo|dang vien|"
    "doan vien|dong chi|d c|hoc sinh|giao vien|nguoi dang ky|dang ky|tham gia|tham du|hoi thi|"
    "bao cao vien gioi|nguoi|cua|vien chuc|cong chuc|dai bieu|d c bao cao vien"
)
_BIRTH = (
    "(ngay|nam|ngay thang|ngay thang nam|thang nam|ngay thang va nam)( nam)? sinh|"
    "sinh (ngay|nam|ngay thang nam)|ngay sinh nam sinh|nam sinh ngay sinh|nam sinh tuoi|"
    "date of birth|birth ?(day|date)?|dob|year of birth|born"
)
_UNIT_TAIL = (
    "cong tac|cu|cu di|cu du thi|du thi|dang ky|dang ky du thi|thi sinh|hien nay|sinh hoat|"
    "cong tac hien nay|noi cong tac|truc thuoc|bao cao vien|hoc tap|dang cong tac|tham gia"
)
# In the order in which they are preferred where a sheet has several of a kind.
_PEOPLE: tuple[tuple[Field, str], ...] = (
    ("number", "sbd|so bao danh|s b d|so bd|so du thi|ma du thi|so thi sinh"),
    ("number", "stt|s t t|so tt|s tt|tt|t t|so thu tu|thu tu|so|no|tt so"),
    ("code", f"(ma|ma so|ma so the|so hieu)( ({_WHO}))*|code|id"),
    ("name", f"(ho va ten|ho ten|ho va ten khai sinh|ho va chu dem va ten|ho dem va ten|ho dem ten|"
             f"ho chu dem va ten|ho va ten day du|ho va ten dem va ten|full ?name)( ({_WHO}))*"),
    ("name", f"ten( ({_WHO}))+|name"),
    ("name", "(dong chi|thi sinh|bao cao vien|bao cao vien du thi|bcv|nguoi du thi|thi sinh du thi|"
             "tuyen truyen vien|contestant)"),
    ("birth", f"({_BIRTH})( (dd|mm|yyyy|yy|ngay|thang))*"),
    ("gender", "gioi tinh|gioi|nam nu|nu nam|phai|gioi tinh nam nu|gender|sex"),
    ("unit_code", "(ma|ma so|so hieu) (don vi|dv|co quan|to chuc|chi bo|dang bo|to chuc dang)|"
                  "unit code"),
    ("unit", f"(ten )?(don vi|don vi co quan|co quan don vi)( ({_UNIT_TAIL}))*|unit|"
             "organi[sz]ation"),
    ("unit", f"(ten )?(chi dang bo|dang bo chi bo|to chuc dang|to chuc co so dang|tccs dang|"
             f"chi bo dang bo|chi bo dang bo co so|dang bo chi bo co so)( ({_UNIT_TAIL}))*"),
    ("unit", f"(ten )?(dang bo|dang uy|dang bo co so)( ({_UNIT_TAIL}))*"),
    ("unit", f"(ten )?(chi bo|chi bo co so)( ({_UNIT_TAIL}))*"),
    ("unit", f"(co quan|noi|noi lam viec|noi hoc tap|truong|truong hoc|dia phuong)"
             f"( ({_UNIT_TAIL}))*"),
    ("position", "(chuc vu|chuc danh|chuc vu chuc danh|chuc danh chuc vu)( (cong tac|dang|hien nay|"
                 "chinh quyen|doan the|cong viec|dang doan the|cong tac hien nay))*|position|"
                 "title"),
    ("position", "(chuc vu don vi|don vi chuc vu|chuc vu noi|chuc vu co quan)( (cong tac|"
                 "hien nay))*|chuc vu va don vi cong tac"),
    ("position", "nghe nghiep|cong viec"),
    ("topic", "(ten |ten cac )?(chuyen de|chu de|de tai|bai thuyet trinh|bai du thi|de cuong|"
              "noi dung|tac pham|tiet muc|cau chuyen)( (du thi|thuyet trinh|dang ky|trinh bay|"
              "bao cao|thi|dang ky du thi))*|topic|subject"),
    ("score", "diem( .*)?|ket qua( diem)?|score|points"),
    ("phone", "(so )?(dien thoai|dt|dtdd|dd|di dong|dien thoai di dong)( (lien he|di dong|"
              "lien lac))*|sdt|so dt( lien he)?|tel|telephone|mobile|phone( number)?|zalo"),
    ("email", "(dia chi )?(e mail|email|thu dien tu|hop thu|gmail)|mail"),
    ("group", "(bang|cum|nhom|khoi thi|doi tuong|bang thi|cum thi)( (thi|du thi|dau|thi dua))*|"
              "group"),
    ("note", "ghi chu|chu thich|note|notes|remarks?"),
    ("other", "tuoi|age|dan toc|ton giao|que quan|trinh do( .*)?|ngay vao dang|nam vao dang|cccd|"
              "so cccd|cmnd|so cmnd|can cuoc( .*)?|dia chi|ngay vao nganh|ly luan chinh tri|"
              "chuyen mon|llct|ky ten|chu ky|anh|thoi gian( .*)?|so the dang( vien)?|size ao|"
              "ngay vao( .*)?|he so|luong|cho o( .*)?|noi sinh|noi o( .*)?|ngay chinh thuc"),
)  # fmt: skip
_UNITS: tuple[tuple[Field, str], ...] = (
    ("number", "stt|s t t|so tt|s tt|tt|t t|so thu tu|thu tu|so|no"),
    ("code", "(ma|ma so|so hieu)( (don vi|dv|to chuc|to chuc dang|chi bo|dang bo))*|unit code"),
    ("unit", "(ten )?(don vi|to chuc dang|to chuc co so dang|tccs dang|to chuc|chi dang bo|"
             "dang bo chi bo|co quan|co quan don vi|dang bo|chi bo|don vi co so|tccsd)"
             "( (truc thuoc|co so|dang|du thi))*|ten|name|unit|organi[sz]ation"),
    ("kind", "loai|loai hinh|loai hinh to chuc( dang)?|hinh thuc|loai to chuc( dang)?|"
             "dang bo hay chi bo|cap|kind|type"),
    ("sector", "linh vuc|khoi|nganh|loai hinh don vi|loai hinh co quan|khu vuc|nhom|sector"),
    ("members", "(tong )?so dang vien|dang vien|so luong dang vien|tong so dv|so dv|members"),
    ("note", "ghi chu|chu thich|note|notes"),
    ("other", "dia chi|dien thoai|bi thu|ho ten bi thu|email|nguoi lien he|ngay thanh lap"),
)  # fmt: skip

Vocabulary = tuple[tuple[Field, re.Pattern[str]], ...]


def _compiled(words: tuple[tuple[Field, str], ...]) -> Vocabulary:
    return tuple((field, re.compile(f"(?:{pattern})")) for field, pattern in words)


PEOPLE_HEADINGS = _compiled(_PEOPLE)
UNIT_HEADINGS = _compiled(_UNITS)

_FAMILY = re.compile(
    "ho|ho dem|ho va dem|ho va ten dem|ho va chu dem|ho lot|ho va ten lot|ho va lot|ho chu dem|"
    "ho ten dem|ho ten lot|last name|surname|family name"
)
_GIVEN = re.compile("ten|ten goi|given name|first name|ten rieng")
_SUB_HEADINGS = re.compile(
    "dang|chinh quyen|doan the|cong viec|co quan|di dong|nha rieng|cq|dd|nr|ma|ma so|xa|huyen"
)
# How offices shorten the names of organisations, by the bare key of the short form.
SHORT_FORMS = {
    "db": "đảng bộ", "cb": "chi bộ", "p": "phường", "tt": "thị trấn", "tx": "thị xã",
    "tp": "thành phố", "h": "huyện", "tand": "toà án nhân dân", "vksnd": "viện kiểm sát nhân dân",
    "ubnd": "uỷ ban nhân dân", "vp": "văn phòng", "tthc": "trung tâm hành chính",
}  # fmt: skip
# Bare words that say what kind of organisation it is; lists often leave them out.
KIND_WORDS = ("dang bo co so", "chi bo co so", "dang bo", "dang uy", "chi bo")

_IN_BRACKETS = re.compile(r"\([^()]*\)?|\[[^\[\]]*\]?|[*:]+\s*$")
_FIRST_PIECE = re.compile(r"[/\n\r–]| - ")


def heading_rank(text: str, vocabulary: Vocabulary) -> tuple[Field, int] | None:
    """Return the field that a heading names and its place in the order of preference, or None."""
    without = _IN_BRACKETS.sub(" ", text)
    for spelling in (text, without, _FIRST_PIECE.split(without.strip())[0]):
        key = bare_key(spelling)
        if not key or len(key) > 60:
            continue
        for rank, (field, pattern) in enumerate(vocabulary):
            if pattern.fullmatch(key):
                return field, rank
    return None


def part_of_field(text: str) -> PartOfField | None:
    """Return which part of a field a heading names: Nam, Nữ, Ngày, Tháng, Năm, Họ đệm, Tên.

    >>> part_of_field("Nam"), part_of_field("Năm")
    ('male', 'year')
    """
    word = clean(_IN_BRACKETS.sub(" ", text)).casefold()
    exact: dict[str, PartOfField] = {
        "nam": "male", "nữ": "female", "nu": "female", "nử": "female", "nũ": "female",
        "male": "male", "female": "female", "ngày": "day", "ngay": "day", "tháng": "month",
        "thang": "month", "năm": "year", "day": "day", "month": "month", "year": "year",
    }  # fmt: skip
    if word in exact:
        return exact[word]
    key = bare_key(word)
    if _FAMILY.fullmatch(key):
        return "family"
    return "given" if _GIVEN.fullmatch(key) else None


def is_sub_heading(text: str) -> bool:
    """Tell whether a text heads a column in a second row: Nam, Nữ, Ngày, Đảng, Chính quyền."""
    key = bare_key(_IN_BRACKETS.sub(" ", text))
    return part_of_field(text) is not None or _SUB_HEADINGS.fullmatch(key) is not None


_TOTAL = re.compile(
    r"(tổng cộng|tổng số|tổng:?$|tổng |cộng:?$|cộng[: ]|ấn định|danh sách (này )?(gồm|có)|"
    r"tong cong:|tong so:|tổng hợp|total)"
)
_SIGNATURE = re.compile(
    r"(người lập|nguoi lap|t/m|tm\.|tm |k/t|kt\.|t/l|tl\.|tuq\.|thủ trưởng|xác nhận|nơi nhận|"
    r"- ?như trên|- ?lưu|như trên|\(?ký[, ]|\(ký|\(đã ký|trưởng ban|phó trưởng ban|bí thư|"
    r"phó bí thư|giám đốc|chủ tịch|ban tổ chức$|ban thường vụ|người tổng hợp|thư ký|kế toán)"
)
_PLACE_AND_DATE = re.compile(r"ngày\s*[\d.… ]*\s*tháng\s*[\d.… ]*\s*năm\s*[\d.… ]*$")
_GROUP_OF_PEOPLE = re.compile(
    r"(các |khối |cụm |bảng |nhóm |đảng bộ|đảng ủy|đảng uỷ|chi bộ|dang bo|chi bo|huyện |thành phố|"
    r"thị xã|thị trấn|phường |xã |tổ chức |đơn vị|cơ quan|dự bị|chính thức|danh sách|phần )"
)
_GROUP_OF_UNITS = re.compile(r"(các |khối |cụm |nhóm |danh sách|phần )")
_NUMBER_OF_TITLE = re.compile(r"^(?:[IVXLC]+|[A-Z]|[0-9]{1,2})\s*[.):-]\s*")
_UNIT_TITLE = re.compile(r"(?:đảng bộ|đảng ủy|đảng uỷ|chi bộ) \S")
_ROMAN_OR_LETTER = re.compile(r"[IVXLC]+|[ivx]{1,5}|[A-Z]", re.ASCII)
_COLUMN_NUMBER = re.compile(r"[(\[]?\s*(?:[0-9]{1,2}|[A-Za-z])\s*[)\]]?(?:\s*=.*)?", re.ASCII)
_LONGEST_NOTHING = 10
_MARK_OF_NOTHING = re.compile(r"[-–—_.…/\\*]+")


def is_total(text: str) -> bool:
    """Tell whether a row that begins so sums up: Tổng cộng, Cộng:, Ấn định danh sách."""
    return _TOTAL.match(clean(text).casefold().lstrip("*-+ ")) is not None


def is_signature(text: str) -> bool:
    """Tell whether a text belongs to what stands under a list: signers, recipients, place, date."""
    word = clean(text).casefold()
    return _SIGNATURE.match(word) is not None or _PLACE_AND_DATE.search(word) is not None


def is_group_title(text: str, wanted: Field) -> bool:
    """Tell whether a text is the title of a part of a list rather than one of its names.

    Args:
        text: what stands in the column of names.
        wanted: ``name`` in a list of people, where an organisation is a title; ``unit`` in a list
            of organisations, where it is a name.
    """
    titles = _GROUP_OF_PEOPLE if wanted == "name" else _GROUP_OF_UNITS
    return titles.match(clean(text).casefold()) is not None


def unit_in_title(text: str) -> str | None:
    """Return the organisation that the title of a part names, without its number, or None.

    >>> unit_in_title("II. Đảng bộ xã Nà Mây"), unit_in_title("Khối cơ quan")
    ('Đảng bộ xã Nà Mây', None)
    """
    title = _NUMBER_OF_TITLE.sub("", clean(text))
    return title if _UNIT_TITLE.match(title.casefold()) else None


def is_section_number(text: str) -> bool:
    """Tell whether a part of a list is numbered so: I, II, A, B."""
    return _ROMAN_OR_LETTER.fullmatch(clean(text).rstrip(".)")) is not None


def is_column_number(text: str) -> bool:
    """Tell whether a cell only numbers its column, as ``(1)``, ``2``, ``[3]`` or ``A`` do."""
    return _COLUMN_NUMBER.fullmatch(clean(text)) is not None


def is_nothing(text: str) -> bool:
    """Tell whether one clean line says that there is nothing: empty, ``-``, ``...``, không có."""
    if not text or len(text) > _LONGEST_NOTHING:
        return not text
    return _MARK_OF_NOTHING.fullmatch(text) is not None or bare_key(text) in (
        "khong",
        "khong co",
        "chua co",
        "n a",
        "none",
        "null",
        "trong",
    )
