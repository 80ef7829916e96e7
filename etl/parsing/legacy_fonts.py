"""Recognises text typed for TCVN3 (.VnTime) and VNI fonts: Latin letters that only look Vietnamese in that font.

Such text is never converted: a wrong guess would put a wrong name into the register. It is refused
with a sentence. A word is evidence when it is not a Vietnamese syllable as it stands and becomes one
when read in the old encoding.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from enum import StrEnum
from functools import lru_cache

from etl.parsing.parsed import Problem


class LegacyEncoding(StrEnum):
    """The two encodings that were common before Unicode."""

    TCVN3 = "TCVN3 (ABC)"
    VNI = "VNI"


_TCVN3_FROM_A1 = (
    "Ă Â Ê Ô Ơ Ư Đ ă â ê ô ơ ư đ . . . . . . à ả ã á ạ . ằ ẳ ẵ ắ . . . . . . . ặ ầ ẩ ẫ ấ ậ è . ẻ ẽ é ẹ ề ể ễ ế ệ ì ỉ "
    ". . . ĩ í ị ò . ỏ õ ó ọ ồ ổ ỗ ố ộ ờ ở ỡ ớ ợ ù . ủ ũ ú ụ ừ ử ữ ứ ự ỳ ỷ ỹ ý ỵ ."
)
_TCVN3 = {chr(0xA1 + place): letter for place, letter in enumerate(_TCVN3_FROM_A1.split()) if letter != "."}

_TONES = {"ù": "\u0301", "ø": "\u0300", "û": "\u0309", "õ": "\u0303", "ï": "\u0323"}
_ROOF_A_E_O = {"â": "", "á": "\u0301", "à": "\u0300", "å": "\u0309", "ã": "\u0303", "ä": "\u0323"}
_BREVE_A = {"ê": "", "é": "\u0301", "è": "\u0300", "ú": "\u0309", "ü": "\u0303", "ë": "\u0323"}
_VNI_PAIRS = (
    {base + mark: base + tone for base in "aeouy" for mark, tone in _TONES.items()}
    | {plain + mark: ready + tone for plain, ready in ("ôơ", "öư") for mark, tone in _TONES.items()}
    | {base + mark: base + "\u0302" + tone for base in "aeo" for mark, tone in _ROOF_A_E_O.items()}
    | {"a" + mark: "ă" + tone for mark, tone in _BREVE_A.items()}
)
_VNI_SINGLES = {"ô": "ơ", "ö": "ư", "ñ": "đ", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "î": "ỵ"}
_VNI = {key: unicodedata.normalize("NFC", letter) for key, letter in (_VNI_PAIRS | _VNI_SINGLES).items()}
_VNI_LETTER = re.compile("|".join(sorted(map(re.escape, _VNI), key=len, reverse=True)))

_ONSETS = "ngh|ng|nh|gh|gi|kh|ph|th|tr|ch|qu|[bcdđghklmnprstvx]|"
_RIMES = """
a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây e ec em en eng eo ep et
ê êch êm ên ênh êp êt êu i ia ich im in inh ip it iu iêc iêm iên iêng iêp iêt iêu o oa oac oach oai oam oan oang oanh
oao oap oat oay oăc oăm oăn oăng oăt oc oe oen oeo oet oi om on ong ooc oong op ot ô ôc ôi ôm ôn ông ôp ôt
ơ ơi ơm ơn ơp ơt u ua uân uâng uât uây uc uê uêch uênh ui um un ung uơ up ut uy uya uych uyên uyêt uynh uyt uyu
uôc uôi uôm uôn uông uôt ư ưa ưc ưi ưm ưn ưng ưt ưu ươc ươi ươm ươn ương ươp ươt ươu y yêm yên yêng yêt yêu
"""
_SYLLABLE = re.compile(f"({_ONSETS})({'|'.join(sorted(_RIMES.split(), key=len, reverse=True))})")
_VOWELS = "aăâeêioôơuưy"
_MARKED = "ăâêôơư"
_EITHER_TONE = ("oa", "oe", "uy")  # hòa and hoà, khỏe and khoẻ, tùy and tuỳ
_TONE_MARKS = re.compile("[\u0300\u0301\u0303\u0309\u0323]")
_OLD_WORD = re.compile("[A-Za-z\u00a1-\u00ff]*[\u00a1-\u00ff][A-Za-z\u00a1-\u00ff]*")
_BEYOND_LATIN_1 = re.compile("[^\x00-\xff]")


def is_syllable(word: str) -> bool:
    """Say whether the word is built like a Vietnamese syllable, its tone on a vowel that can carry it.

    Names of other peoples (Krông, Đăk) are not.
    """
    letters = [unicodedata.normalize("NFD", letter) for letter in unicodedata.normalize("NFC", word.lower())]
    plain = "".join(unicodedata.normalize("NFC", _TONE_MARKS.sub("", letter)) for letter in letters)
    found = _SYLLABLE.fullmatch(plain)
    tones = [place for place, letter in enumerate(letters) if _TONE_MARKS.search(letter)]
    if found is None or len(tones) > 1:
        return False
    return not tones or tones[0] - found.start(2) in _tone_places(found[2])


@lru_cache(maxsize=512)
def _tone_places(rime: str) -> tuple[int, ...]:
    marked = [place for place, letter in enumerate(rime) if letter in _MARKED]
    if marked:
        return (marked[-1],)
    vowels = sum(letter in _VOWELS for letter in rime)
    if rime in _EITHER_TONE:
        return (0, 1)
    return (1,) if vowels == 3 or (vowels == 2 and len(rime) > 2) else (0,)


def legacy_encoding(text: str) -> LegacyEncoding | None:
    """Name the old encoding one cell is typed in, or None; text with any real Vietnamese letter is never old."""
    if text.isascii() or _BEYOND_LATIN_1.search(text):
        return None
    votes = [verdict for word in _OLD_WORD.findall(text) if (verdict := _word_encoding(word))]
    return max(votes, key=votes.count) if votes else None


@lru_cache(maxsize=65536)
def _word_encoding(word: str) -> LegacyEncoding | None:
    if is_syllable(word) or len(word) < 2 or word == "µm":  # the micrometre would read "àm"
        return None
    if is_syllable("".join(_TCVN3.get(letter, letter) for letter in word)):
        return LegacyEncoding.TCVN3
    if is_syllable(_VNI_LETTER.sub(lambda found: _VNI[found.group()], word.lower())):
        return LegacyEncoding.VNI
    return None


def legacy_problem(encoding: LegacyEncoding) -> Problem:
    """The refusal of text in an old font, with the way to convert it."""
    return Problem(
        "text.legacy_font",
        f"chữ gõ bằng phông cũ {encoding.value}, không phải Unicode",
        "Chuyển tệp sang Unicode dựng sẵn bằng bộ gõ (Unikey: Ctrl+Shift+F6) rồi nộp lại",
    )


def first_legacy(texts: Iterable[str]) -> tuple[int, LegacyEncoding] | None:
    """The place and encoding of the first text in an old font."""
    for place, text in enumerate(texts):
        if encoding := legacy_encoding(text):
            return place, encoding
    return None
