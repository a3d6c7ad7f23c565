"""
question -> the language it is asked in.

Why not as papers are told apart: a question has ten words, of which two or three tell.
Words that two languages share count for both, so that the others decide; what is left
open is decided by the terms that the question names.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from wgsearch.glossary.match import Glossary

_SCRIPTS = (
    ("ru", re.compile(r"[\u0400-\u04ff]")),
    ("ar", re.compile(r"[\u0620-\u064a\u0671-\u06d3]")),
    ("zh", re.compile(r"[\u3400-\u9fff]")),
)
# A question of another script may name persons and abbreviations in Latin letters; an
# ideograph is about three of them.
_LEAST_SHARE = 0.3
_LETTERS_OF_AN_IDEOGRAPH = 3
# Function words and question words, those that languages share too. German and Portuguese
# stand here so that their questions are not taken for one of ours.
_WORDS = {
    "en": "the of and to in that for with is be by on was are which from this have not at as it "
    "or an has were been can should would could may must do does did how what when where who "
    "why whose whom there their they its these those about between into under against than "
    "any all each such no if so a he she his her them only also after before during",
    "fr": "le la les l un une des du de d et en dans que qu qui pour par sur aux au avec cette ce "
    "cet ces est sont être était a ont ou où ne pas se s sa son ses leur leurs il elle ils "
    "elles nous vous on quel quelle quels quelles comment pourquoi quand combien quoi dont "
    "plus comme mais si sans sous entre vers contre selon tout tous toute toutes fait peut "
    "doit y à n c j m t lors ainsi afin depuis chez",
    "es": "el la los las lo un una unos unas de del y e en que para por con sin sobre su sus es "
    "son era fue fueron ser está están al a o u no se ha han qué cuál cuáles cómo cuándo "
    "dónde quién quiénes cuánto cuánta cuántos cuántas porque como más pero si entre hacia "
    "contra según todo todos toda todas hay puede pueden debe deben este esta estos estas "
    "ese esa eso le les desde durante también cuyo cuya qui donde cuando quien",
    "de": "der die das den dem des ein eine einer eines und oder in im zu von mit für auf ist sind "
    "war wird werden nicht auch sich wie was wer wo wann warum welche welcher bei nach aus "
    "über unter gegen an als es durch zur zum",
    "pt": "o a os as um uma de do da dos das e em no na nos nas que para por pelo pela com sem não "
    "ao aos é são foi ser se seu sua seus suas como mais quais qual quando onde quem quantos "
    "entre sobre até também há pode devem",
}
_LANGUAGES: dict[str, tuple[str, ...]] = {}
for _code, _words in _WORDS.items():
    for _word in _words.split():
        _LANGUAGES[_word] = (*_LANGUAGES.get(_word, ()), _code)
# Letters and marks that no other of these languages writes.
_LETTERS = (("es", re.compile(r"[¿¡ñ]")), ("fr", re.compile(r"[œèêûëï]|\b[lLdDqQ]u?['’]\w")))
_WORD = re.compile(r"[^\W\d_]+")
# The first so many words tell; a pasted page is in one language.
_ENOUGH = 400


def tongue(text: str, glossary: Glossary) -> str | None:
    """
    The language of a question, ISO 639-1; None where nothing tells.

    Args:
        text: The question.
        glossary: What terms there are.
    """
    if found := _script(text):
        return found
    words = _WORD.findall(text.casefold())[:_ENOUGH]
    counts = dict.fromkeys(_WORDS, 0)
    for word in words:
        for code in _LANGUAGES.get(word, ()):
            counts[code] += 1
    for code, letters in _LETTERS:
        counts[code] += len(letters.findall(text[:4000]))
    most = max(counts.values())
    best = [code for code, count in counts.items() if count == most]
    if len(best) == 1:
        return best[0]
    named = {code: _named(text, code, glossary) for code in best if code in glossary.languages}
    longest = max(named.values(), default=0)
    ahead = [code for code, length in named.items() if length == longest]
    return ahead[0] if longest and len(ahead) == 1 else None


def _script(text: str) -> str | None:
    """The language that letters alone tell."""
    if text.isascii():
        return None
    letters = sum(map(str.isalpha, text))
    for code, script in _SCRIPTS:
        count = len(script.findall(text))
        weight = _LETTERS_OF_AN_IDEOGRAPH if code == "zh" else 1
        if count and count * weight >= _LEAST_SHARE * (letters + count * (weight - 1)):
            return code
    return None


def _named(text: str, language: str, glossary: Glossary) -> int:
    """How many characters of a text are terms of a language."""
    return sum(each.end - each.start for each in glossary.matches(text, [language]))
