"""Every language is named, and no language but English gives commitments."""

from __future__ import annotations

from collections.abc import Callable
from html import escape
from io import BytesIO

import docx
import pytest

from followthrough.corpus.rows import rows_of
from followthrough.model.reading import Reading
from followthrough.pipeline import register_bytes
from followthrough.publish.akn import to_akn
from followthrough.read import read_bytes
from followthrough.read.language import languages, tag_of, told
from followthrough.read.structure.markers import han, marker_of

TEXTS = {
    "fr": ("Déclaration du lac", "Nous nous engageons à réparer les quais du lac avant la fin de l’année 2031."),
    "es": (
        "Declaración del lago",
        "Nos comprometemos a reparar los muelles del lago y a publicar una cuenta de la obra.",
    ),
    "ru": ("Заявление об озере", "Мы обязуемся починить причалы озера до конца 2031 года и опубликовать отчёт."),
    "zh": ("湖泊宣言", "我们承诺在2031年底之前修复湖边的码头并公布工程的账目。"),
    "ar": ("إعلان البحيرة", "نلتزم بإصلاح أرصفة البحيرة قبل نهاية عام 2031 ونشر حساب الأعمال."),
    "id": ("Deklarasi Danau", "Kami berkomitmen untuk memperbaiki dermaga danau dan menerbitkan laporan bersama itu."),
    "vi": ("Tuyên bố về hồ", "Chúng tôi cam kết sửa chữa các bến của hồ trước năm 2031 và công bố báo cáo."),
    "ko": ("호수 선언", "우리는 2031년 말까지 호수의 부두를 수리하고 공사 보고서를 공개하기로 약속한다."),
    "de": (
        "Erklärung zum See",
        "Wir verpflichten uns, die Stege des Sees bis 2031 zu reparieren und darüber zu berichten.",
    ),
    "uk": ("Заява про озеро", "Ми зобов’язуємося відремонтувати причали озера до кінця 2031 року і видати звіт."),
    "th": ("ปฏิญญาทะเลสาบ", "เราให้คำมั่นว่าจะซ่อมแซมท่าเรือของทะเลสาบก่อนสิ้นปีและเผยแพร่รายงานของงานนั้น"),
    "fa": ("بیانیه دریاچه", "ما متعهد می‌شویم که اسکله‌های دریاچه را تا پایان سال تعمیر کنیم و گزارش کار را چاپ کنیم."),
}
Made = Callable[[str, str], bytes]
ENGLISH = ("Declaration of the Lake", "We will mend the piers of the lake by 2031 and publish an account of the works.")


def as_text(title: str, words: str) -> bytes:
    return f"{title}\n\n1. {words}\n\n2. {words}\n".encode()


def as_page(title: str, words: str) -> bytes:
    paras = "".join(f"<p>{n}. {escape(words)}</p>" for n in (1, 2))
    return f'<!DOCTYPE html><html lang="en"><body><h1>{title}</h1>{paras}</body></html>'.encode()


def as_word(title: str, words: str) -> bytes:
    book = docx.Document()
    book.add_heading(title, 0)
    for n in (1, 2):
        book.add_paragraph(f"{n}. {words}")
    book.save(out := BytesIO())
    return out.getvalue()


def codes(reading: Reading) -> list[str]:
    return [one.code for one in reading.warnings]


@pytest.mark.parametrize("made", [as_text, as_page, as_word])
@pytest.mark.parametrize("language", TEXTS)
def test_no_commitment_is_claimed_of_another_language_and_it_is_named(language: str, made: Made) -> None:
    reading = register_bytes(made(*TEXTS[language]), "x")
    assert reading.document.language == language
    assert [one.num for one in reading.document.provisions] == ["1", "2"]
    assert reading.commitments == ()
    [said] = [one.message for one in reading.warnings if one.code == "language"]
    assert said.startswith(f"this text is in {languages()[language].name}; ")


@pytest.mark.parametrize("made", [as_text, as_page, as_word])
def test_english_is_read_without_a_word(made: Made) -> None:
    reading = register_bytes(made(*ENGLISH), "x")
    assert reading.document.language in {"en", "en-US"}  # Word says which English
    assert len(reading.commitments) == 4
    assert not {"language", "languages"} & set(codes(reading))


def test_a_record_states_its_own_language() -> None:
    made = to_akn(register_bytes(as_text(*TEXTS["fr"]), "x"))
    assert b'FRBRlanguage language="fr"' in made
    stated = register_bytes(made.replace(b'FRBRlanguage language="fr"', b'FRBRlanguage language="spa"'), "x")
    assert stated.document.language == "es"
    assert stated.commitments == ()


def test_a_bilingual_text_is_read_in_english_and_the_other_language_is_named() -> None:
    words = TEXTS["fr"][1]
    both = f"{ENGLISH[0]}\n\n1. {ENGLISH[1]}\n\n2. {words}\n\n3. {ENGLISH[1]}\n\n4. {words}\n"
    reading = register_bytes(both.encode(), "x")
    assert reading.document.language == "en"
    assert {one.num for one in reading.commitments} == {"1", "3"}
    [said] = [one.message for one in reading.warnings if one.code == "languages"]
    assert "French" in said


def test_a_text_of_no_known_language_is_not_catalogued() -> None:
    words = " ".join(["Zorblat mikka trenovi paskudo velimar jorenta."] * 20)
    reading = register_bytes(f"Zorblat\n\n1. {words}\n\n2. We zorblat mikka.".encode(), "x")
    assert reading.document.language == "und"
    assert reading.commitments == ()


def test_a_table_of_a_folder_names_the_language() -> None:
    assert [row["language"] for row in rows_of(as_text(*TEXTS["es"]), "x")] == ["es"]


@pytest.mark.parametrize("words", ["", "2031", "MEND forty bridges.", "a b c d e f g", "Annex I"])
def test_what_tells_nothing_is_not_guessed(words: str) -> None:
    assert told(words) is None
    assert not {"language"} & set(codes(read_bytes(b"Title\n\n1. " + words.encode() + b" x", "x")))


@pytest.mark.parametrize(
    ("stated", "tag"),
    [("fra", "fr"), ("en_GB", "en-GB"), ("zho-Hant", "zh-Hant"), ("und", None), ("", None), ("x y", None)],
)
def test_what_a_file_states_becomes_a_tag(stated: str, tag: str | None) -> None:
    assert tag_of(stated) == tag


@pytest.mark.parametrize(("label", "value"), [("一", 1), ("十", 10), ("二十三", 23), ("一百〇五", 105), ("12", 12)])
def test_chinese_numbers_have_their_value(label: str, value: int) -> None:
    assert han(label) == value


def test_chinese_numbers_are_markers() -> None:
    found = [marker_of(line) for line in ("二、我们", "（三）我们", "第四条 我们")]
    assert [(one.scheme, one.value) for one in found if one] == [("arabic", 2), ("paren_num", 3), ("arabic", 4)]
