"""Text in the encodings of before Unicode is read right, and a guess is reported."""

from __future__ import annotations

import unicodedata

import pytest

from followthrough.read import read_bytes
from followthrough.read.decode import decode, decode_with_encoding
from followthrough.read.legacy_encodings import guess, lines_beyond_ascii
from followthrough.read.plausible_letters import oddities

RUSSIAN = (
    "Стороны подтверждают свою приверженность миру и сотрудничеству в регионе и договорились ежегодно "
    "представлять доклады о выполнении настоящего заявления."
)
WORDS = {
    "cp1250": "Strony potwierdzają swoje zaangażowanie na rzecz współpracy regionalnej\n"
    "i postanawiają co roku składać sprawozdanie z realizacji oświadczenia.",
    "cp1251": RUSSIAN,
    "cp1252": "À l’unanimité, les ministres ont adopté la déclaration – « cœur » de l’accord – où l’été même fut fêté.",
    "cp874": "รัฐมนตรีทั้งหลายยืนยันความมุ่งมั่นต่อความร่วมมือระดับภูมิภาค และตกลงที่จะเสนอรายงานประจำปี",
    "euc_kr": "양측은 지역의 평화와 협력에 대한 의지를 재확인하고 매년 보고서를 제출하기로 합의하였다.",
    "big5": "各方重申對區域和平與合作的承諾，並同意每年就本聯合聲明的執行情況提交報告。",
    "gb18030": "各方重申对区域和平与合作的承诺，并同意每年就本联合声明的执行情况提交报告。",
    "cp932": "各国は地域の平和と協力への決意を再確認し、共同声明の実施状況について毎年報告を提出することに合意した。",
    "koi8_r": RUSSIAN,
}
ENGLISH = "1. We will hold an annual meeting of ministers.\n\n2. We agreed to publish a report every year.\n\n"
VIETNAMESE = "Các bên khẳng định lại cam kết đối với hòa bình và hợp tác trong khu vực và đồng ý trình báo cáo."
TONES = ("\u0300", "\u0301", "\u0303", "\u0309", "\u0323")


def windows_1258(text: str) -> bytes:
    """Encode Vietnamese as Windows-1258 does: letters with their shape, tones as marks after them."""
    out = b""
    for letter in unicodedata.normalize("NFC", text):
        marks = unicodedata.normalize("NFD", letter)
        tone = "".join(mark for mark in marks if mark in TONES)
        base = unicodedata.normalize("NFC", "".join(mark for mark in marks if mark not in TONES))
        out += base.encode("cp1258") + tone.encode("cp1258")
    return out


@pytest.mark.parametrize("before", ["", ENGLISH, ENGLISH * 500], ids=["alone", "after English", "far down"])
@pytest.mark.parametrize("encoding", sorted(WORDS))
def test_words_are_read_in_the_encoding_they_were_written_in(encoding: str, before: str) -> None:
    assert decode((before + WORDS[encoding]).encode(encoding), "x.txt") == before + WORDS[encoding]


def test_vietnamese_with_its_tones_apart() -> None:
    text = decode(windows_1258(ENGLISH + VIETNAMESE), "x.txt")
    assert unicodedata.normalize("NFC", text) == ENGLISH + VIETNAMESE


@pytest.mark.parametrize(
    "words",
    [
        "Die Vertragsparteien bekräftigen ihre Verpflichtung zur Zusammenarbeit gemäß Artikel drei für Maßnahmen.",
        "Los ministros señalaron que la región mantendrá el diálogo; acordaron la aplicación.",
        "As Partes decidem apresentar um relatório anual sobre a aplicação da declaração. Não há questão.",
        "Ministrarna bekräftar på nytt sitt åtagande för fred och säkerhet i regionen och är överens.",
        "We reaffirm the “Bogotá Declaration” – the ministers’ call – and São Tomé’s delegates agreed.",
        "Brunei – Côte d’Ivoire: 5 °C, § 3, € 20 million, ½ of it.",
        "a single é here",
    ],
)
def test_western_words_stay_western(words: str) -> None:
    assert decode(words.encode("cp1252"), "x.txt") == words
    assert "encoding-guessed" not in [one.code for one in read_bytes(words.encode("cp1252"), "x.txt", "txt").warnings]


@pytest.mark.parametrize("format", ["txt", "md", "html"])
def test_a_guess_is_reported(format: str) -> None:
    text = f"<p>{RUSSIAN}</p>" if format == "html" else RUSSIAN
    reading = read_bytes(text.encode("cp1251"), "x", format)
    assert [one.message for one in reading.warnings if one.code == "encoding-guessed"] == [
        "the file does not say its encoding; its words are most probably cp1251"
    ]
    assert RUSSIAN in reading.document.text


def test_a_large_file_is_told_by_a_part_of_it() -> None:
    data = b"plain words\n" * 1_000 + (RUSSIAN.encode("cp1251") + b"\n") * 4_000
    sample = lines_beyond_ascii(data)
    assert not sample.startswith(b"plain")
    assert len(sample) < 70_000
    assert guess(data) == "cp1251"


HEAD = "Joint Declaration of the River Ministers\n\n"
SHORT = {
    "cp1251": "1. Мы обязуемся починить причалы озера к 2031 году.",
    "koi8_r": "1. Мы обязуемся починить причалы озера к 2031 году.",
    "gb18030": "一、我们承诺在2031年前修复湖边的码头。",
    "big5": "一、我們承諾在2031年前修復湖邊的碼頭。",
    "cp1256": "1. نلتزم بإصلاح أرصفة البحيرة قبل نهاية عام 2031.",
    "tis_620": "1. เราให้คำมั่นว่าจะซ่อมแซมท่าเรือของทะเลสาบก่อนสิ้นปี",
    "iso8859_2": "1. Zavazujeme se opravit mosty přes jezero do roku 2031 a že je budeme každý rok kontrolovat.",
    "mac_roman": "1. We will paint – “every pier” – by 2031.\n\n2. We will mend Bogotá’s weirs.",
    "cp437": "1. We will mend the weirs of Curaçao by 2031.\n\n2. We will light the Bogotá road.",
    "cp1253": "1. Δεσμευόμαστε να επισκευάσουμε τις αποβάθρες της λίμνης έως το 2031.",
    "cp1254": "1. Göl için iskeleleri onarmayı taahhüt ediyoruz; çalışmalar yılına kadar bitecek ve bir rapor.",
}


@pytest.mark.parametrize("before", ["", HEAD])
@pytest.mark.parametrize("encoding", SHORT)
def test_one_line_in_an_old_encoding_is_read_right_and_named_as_a_guess(encoding: str, before: str) -> None:
    words = before + SHORT[encoding]
    text, guessed = decode_with_encoding(words.encode(encoding), "x.txt")
    assert text == words
    assert guessed not in {"", "cp1252"}


def test_what_is_plausible_in_no_encoding_is_named_as_a_guess() -> None:
    _, guessed = decode_with_encoding(b"We \x9d\x8f will\xa0 m\x81\x90nd it \x8d\x8f.", "x.txt")
    assert guessed


@pytest.mark.parametrize(
    "words", ["“Côte d’Ivoire” – 5 °C", "naïve São Tomé", "L’été, où Élise fut", "I.B.M.®", "½ mile"]
)
def test_plausible_words_are_not_odd(words: str) -> None:
    assert oddities(words) == 0


@pytest.mark.parametrize("words", ["TomŽÕs", "Cura‡ao", "Bogot\xa0 by", "Ð is", "wоrd with о", "a ╔ b"])
def test_what_nobody_prints_is_odd(words: str) -> None:
    assert oddities(words) > 0
