"""
text -> listed documents: entries of documentation, and papers that a sentence puts before a body.

Why two ways: an entry under the word Documentation names a paper in whatever form; a sentence
of the annotation mostly cites sources, and names a paper only where it says that the body will
have it before it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from wgsearch.agenda import wording
from wgsearch.agenda.records import ListedDocument
from wgsearch.papers import symbols

if TYPE_CHECKING:
    from collections.abc import Sequence

# The World Health Organization's papers have no slash before the body's number.
_HEALTH = re.compile(
    r"(?<![\w/])(?:A|EB|EBPBAC)\d{1,3}/(?:\d{4}/REC/\d|\d{1,3}|(?:INF|DIV|CONF)\.?/?\d{1,2})"
    r"(?: (?:Add|Rev|Corr)\.\d{1,2})*(?![\w/])"
)
# What every symbol has: capitals of its body, or of a session of it, before a slash.
_HINT = re.compile(r"[A-Z]\d{0,3}\s?/")
_PLACEHOLDER = re.compile(
    r"(?<=[\w)]/)\s*(?:\.{2,}|…|-{2,}|[xX]{1,4}|_{2,}|\[\s*(?:…|\.{2,}|_|-+)?\s*\])(?![\w/])"
)
_BROKEN_YEAR = re.compile(r"/(\d{2})\s(\d{2})(?=[/)])")
_SPACED = re.compile(r"(?<=[A-Z\d])\s+(?=/[A-Z\d])|(?<=[A-Z\d.]/)\s+(?=[A-Z\d])")
_CLOSED_EARLY = re.compile(r"(/\d+)\)\s*(\((?:Part|Sect\.) ?[IVXLC\d]+\))(?!\))")
_CONNECTED = re.compile(
    r"[\s*]*(?:,|;|/|&|and|et|y|e|и|和|و|、)?[\s*]*(?:and|et|y|и)?\s*", re.IGNORECASE
)
_JOINT = re.compile(r"\*{0,3}\s?[-\u2010-\u2015\u2212]\s?")
_DASHES = r"[-\u2010-\u2015\u2212]"
# `and Add.1`, `, Add.1-3`, `and Corr.1 and 2`: suffixes of the symbol before.
_SUFFIXES = re.compile(
    rf"\s*(?:,|and|et|y|e|и|和|و|、|{_DASHES}|/)*\s*"
    r"(?P<word>Add|Corr|Rev|Amend)\.\s?(?P<first>\d{1,3})"
    rf"(?P<tail>(?:/(?:Add|Corr|Rev)\.\d{{1,2}})*)"
    rf"(?P<more>(?:\s*(?:{_DASHES}|,|to|and|et|y|à|a|и|至)\s*(?:(?P=word)\.)?\d{{1,3}}(?![\d/.]))*)",
)
_MORE = re.compile(rf"({_DASHES}|,|to|and|et|y|à|a|и|至)\s*(?:[A-Z][A-Za-z]*\.)?(\d{{1,3}})")
# `WG.1/2024/3, 4 and 6-8` in one bracket: papers of one series; `WG.1/2024/3-5` anywhere.
_SERIES = re.compile(
    rf"(?:\s*(?:{_DASHES}|,|to|and|et|y|à|и)\s*(?:[A-Z]{{1,4}}\.)?\d{{1,3}}(?![\d/]))+"
)
_RANGE = re.compile(rf"{_DASHES}\d{{1,3}}(?![\d/]|\.\d)")
_BRACKET = re.compile(r"[(\[（](?P<inside>[^()\[\]（）]*(?:\([^()]*\)[^()\[\]（）]*)*)[)\]）]")
# Where one entry ends and the next begins in running text.
_BOUNDARY = re.compile(
    r"(?<=[)\]）])[.;,]?\s+(?=[^\W\d_a-zà-ÿа-я]|[“«\"•–—])|\n|(?<=[)\]）])[.;,]\s+|\s*[•●▪]\s*"
)
_LEAD = re.compile(r"^(?:\(?[a-z]{1,2}\)|\(?[ivx]{1,5}\)|\d{1,2}[.)]|[•●▪–—-])\s+")
_EMPTY = re.compile(
    r"\s*[(\[][^()\[\]]{0,20}"
    r"(?:to be (?:issued|assigned|announced|circulated|confirmed|prepared)|forthcoming"
    r"|under preparation|in preparation|à paraître|de próxima publicación"
    r"|будет (?:издан|выпущен)\w*)"
    r"[^()\[\]]{0,40}[)\]]",
    re.IGNORECASE,
)
# Papers without a symbol, named beside others.
_INFORMAL = re.compile(
    r"(?:and )?(?:informal (?:document|paper)|document informel|documento oficioso)", re.IGNORECASE
)
_OBJECT = re.compile(
    r"(?:consider|examine|review|discuss|take note of|presented with|receive|approve|adopt"
    r"|examiner(?:a|ont)|examinarán?|рассмотр[ия]т)\s+(?=\S)",
    re.IGNORECASE,
)
_EDGES = " \t,;:–—-*"


class Located(NamedTuple):
    """A symbol and where it stands; expanded ones stand where their base does."""

    symbol: str
    start: int
    end: int


def mended(text: str) -> str:
    """
    Text of documentation with what typists do to symbols undone.

    Placeholders of any kind read `_`; a bracket closed before `(Part I)` is closed after it; a
    space within a year or before a slash is closed.
    """
    text = _PLACEHOLDER.sub("_", text)
    text = _BROKEN_YEAR.sub(_year, text)
    text = _SPACED.sub("", text)
    return _CLOSED_EARLY.sub(r"\1 \2)", text)


def _year(match: re.Match[str]) -> str:
    """A year that a space has broken; anything else stays."""
    digits = match[1] + match[2]
    return f"/{digits}" if digits[:2] in ("19", "20") else match[0]


def locate(text: str) -> list[Located]:
    """All symbols of a text, joint ones as one, named additions and ranges expanded."""
    found: list[Located] = []
    for each in _single(text):
        if (
            found
            and (gap := text[found[-1].end : each.start]) is not None
            and _JOINT.fullmatch(gap)
        ):
            last = found.pop()
            found.append(Located(f"{last.symbol}-{each.symbol}", last.start, each.end))
        else:
            found.append(each)
    expanded: list[Located] = []
    for each in found:
        expanded.append(each)
        expanded.extend(_additions(text, each))
    return expanded


def _single(text: str) -> list[Located]:
    """Symbols one by one."""
    found = [
        Located(each.text, each.start, each.end - len(each.stars)) for each in symbols.locate(text)
    ]
    taken = [(each.start, each.end) for each in found]
    found += [
        Located(match[0], *match.span())
        for match in _HEALTH.finditer(text)
        if not any(start < match.end() and match.start() < end for start, end in taken)
    ]
    return sorted(found, key=lambda each: each.start)


def _additions(text: str, base: Located) -> list[Located]:
    """What `and Add.1-3` and `/4, 5 and 7` after a symbol add to it."""
    added: list[Located] = []
    at = base.end
    stem = symbols.parse(base.symbol).base if "-" not in base.symbol else base.symbol
    while match := _SUFFIXES.match(text, at):
        word = match["word"]
        # `A/78/5/Add.1 and Add.2` adds to the base, `A/78/5/Rev.1 and Add.1` to the revision.
        last = symbols.parse(base.symbol).suffixes
        root = base.symbol if last and last[-1].name != word else stem
        added.extend(
            Located(f"{root}/{word}.{number}{match['tail']}", base.start, match.end())
            for number in _counted(match["first"], match["more"])
        )
        at = match.end()
    last_number = re.search(r"\d{1,3}$", base.symbol)
    if added or last_number is None:
        return added
    series = _RANGE.match(text, base.end)
    end = _bracket_end(text, base)
    if series is None and end is not None:
        series = _SERIES.fullmatch(text, base.end, end)
    if series is None:
        return added
    numbers = _counted(last_number[0], series[0])[1:]
    root = base.symbol[: last_number.start()]
    return [Located(f"{root}{number}", base.start, series.end()) for number in numbers]


def _bracket_end(text: str, base: Located) -> int | None:
    """Where the bracket ends that a symbol stands first in."""
    for match in _BRACKET.finditer(text):
        if match.start("inside") == base.start:
            return match.end("inside")
    return None


def _counted(first: str, more: str) -> list[int]:
    """Numbers of `1`, `1-3` or `1, 2 and 4`."""
    numbers = [int(first)]
    for sign, digits in _MORE.findall(more):
        last = int(digits)
        upto = (
            re.fullmatch(rf"{_DASHES}|to|à|a|至", sign) and numbers[-1] < last <= numbers[-1] + 50
        )
        numbers.extend(range(numbers[-1] + 1, last + 1) if upto else (last,))
    return numbers


def read_entries(text: str, *, sub_item: str | None = None) -> list[ListedDocument]:
    """
    Documents of a piece of documentation.

    Entries are `title (SYMBOL)`, `SYMBOL title`, `SYMBOL, title` or symbols alone, one or several
    in running text; where an entry has symbols in brackets of their own, others are cited by it.
    """
    if wording.NOTHING.fullmatch(text.strip(" .")):
        return []
    whole = mended(text)
    if _starts_with_symbol(whole):
        return _symbols_first(whole, sub_item)
    found: list[ListedDocument] = []
    for entry in _cut(whole):
        found.extend(_entry(entry, sub_item))
    return found


def _starts_with_symbol(text: str) -> bool:
    """A symbol stands at the head of the text, before any title."""
    located = locate(_LEAD.sub("", text))
    return bool(located) and located[0].start == 0


def _cut(text: str) -> list[str]:
    """Entries of running text: the next one begins with a capital after a bracket of symbols."""
    entries: list[str] = []
    at = 0
    for match in _BOUNDARY.finditer(text):
        piece = text[at : match.start()]
        if locate(piece) or "\n" in match[0] or match[0].strip() in ("•", "●", "▪"):
            entries.append(piece)
            at = match.end()
    entries.append(text[at:])
    if len(entries) == 1 and text.count(";") and len(locate(text)) > 1:
        pieces = re.split(r";\s+", text)
        if sum(bool(locate(piece)) for piece in pieces) > 1:
            entries = pieces
    return [entry for entry in entries if entry.strip(_EDGES + ".")]


def _entry(text: str, sub_item: str | None) -> list[ListedDocument]:
    """Documents of one entry."""
    if _starts_with_symbol(text):
        return _symbols_first(text, sub_item)
    text = _LEAD.sub("", text.strip())
    located = locate(text)
    chosen = _in_brackets(text, located)
    if not chosen:
        cited = [each for each in located if wording.CITED.search(text[: each.start])]
        chosen = [each for each in located if each not in cited]
        if not chosen:
            title = _title(_EMPTY.sub("", text)) if not cited else _title(text)
            return [ListedDocument(symbol=None, title=title, sub_item=sub_item)] if title else []
        title = _title(text[: chosen[0].start])
    else:
        title = _title(_without_brackets(text, chosen))
    return [ListedDocument(symbol=each.symbol, title=title, sub_item=sub_item) for each in chosen]


def _in_brackets(text: str, located: list[Located]) -> list[Located]:
    """Symbols in brackets that hold nothing else, or begin with a symbol."""
    chosen: list[Located] = []
    for bracket in _BRACKET.finditer(text):
        inside = [
            each
            for each in located
            if each.start >= bracket.start("inside") and each.start < bracket.end("inside")
        ]
        if inside and _only_symbols(text, bracket, inside):
            chosen.extend(inside)
    return chosen


def _only_symbols(text: str, bracket: re.Match[str], inside: list[Located]) -> bool:
    """A bracket names papers: it begins with a symbol and cites no place in it."""
    first = inside[0]
    before = text[bracket.start("inside") : first.start].strip()
    if before and not re.fullmatch(
        r"(?:documents?|document\(s\)|документы?|documentos?)", before, re.IGNORECASE
    ):
        return False
    return not wording.LOCUS.match(text, max(each.end for each in inside))


def _without_brackets(text: str, chosen: list[Located]) -> str:
    """The words of an entry before the bracket of its symbols, or after it."""
    for bracket in _BRACKET.finditer(text):
        if bracket.start() < chosen[0].start < bracket.end():
            before = text[: bracket.start()]
            return before if before.strip(_EDGES) else text[bracket.end() :]
    return text[: chosen[0].start]


def _symbols_first(text: str, sub_item: str | None) -> list[ListedDocument]:
    """Documents of entries that begin with their symbol, or are symbols alone."""
    text = _EMPTY.sub("", _LEAD.sub("", text.strip()))
    groups: list[list[Located]] = []
    for each in locate(text):
        gap = text[groups[-1][-1].end : each.start] if groups else None
        if gap is not None and (each.start < groups[-1][-1].end or _CONNECTED.fullmatch(gap)):
            groups[-1].append(each)
        elif gap is None or not _is_cited(text, each, groups[-1][-1]):
            groups.append([each])
    found: list[ListedDocument] = []
    for group, following in zip(groups, [*groups[1:], None], strict=True):
        end = following[0].start if following else len(text)
        title = _title(re.sub(r"^[\s*:,.;–—-]+", "", text[max(each.end for each in group) : end]))
        informal = title if title and _INFORMAL.match(title) else None
        found.extend(
            ListedDocument(symbol=each.symbol, title=None if informal else title, sub_item=sub_item)
            for each in group
        )
        if informal:
            found.append(ListedDocument(symbol=None, title=informal, sub_item=sub_item))
    return found


def _is_cited(text: str, each: Located, last: Located) -> bool:
    """A symbol within the title that follows another symbol, in brackets or after `see`."""
    between = text[last.end : each.start]
    opened = between.count("(") > between.count(")")
    return opened or bool(wording.CITED.search(between[-40:]))


def _title(words: str) -> str | None:
    """A title without the marks at its edges."""
    text = re.sub(r"\s+", " ", words).strip()
    text = re.sub(r"[\s.:;,*(\[–—-]+$", "", text).lstrip(_EDGES + ".)]")
    return text or None


def lone_entry(text: str) -> bool:
    """Whether a piece names papers and says nothing: it ends or begins with symbols."""
    if not _HINT.search(text):
        return False
    whole = mended(text)
    if len(whole.split()) > 70 or wording.is_spoken(whole):
        return False
    located = locate(whole)
    if not located:
        return False
    if _starts_with_symbol(whole):
        return not wording.LOCUS.match(whole, located[0].end)
    bracket = next(
        (each for each in _BRACKET.finditer(whole) if each.end() >= len(whole.rstrip(" .;*"))), None
    )
    if bracket is None or re.search(r"[.?!]\s+[A-ZÀ-ÞА-Я]", whole[: bracket.start()]):
        return False
    inside = [each for each in located if each.start >= bracket.start()]
    return bool(inside) and _only_symbols(whole, bracket, inside)


def put_before(text: str) -> list[ListedDocument]:
    """
    Papers that sentences of an annotation say the body will have before it.

    Sources of a sentence (`see`, a resolution, a paragraph of a paper) stay mentions, and so
    does every symbol of a sentence without such a verb.
    """
    found: list[ListedDocument] = []
    for sentence in sentences(mended(text)) if _HINT.search(text) else ():
        named = [each for each in locate(sentence) if not _source(sentence, each)]
        verb = wording.BEFORE.search(sentence) if named else None
        if verb is None:
            continue
        after = [each for each in named if each.start >= verb.start()]
        found.extend(
            ListedDocument(symbol=each.symbol, title=_words_before(sentence, each, verb))
            for each in after or named
        )
    return found


def sentences(text: str) -> list[str]:
    """Sentences of a text; a number or a letter before a full stop ends none."""
    return re.split(
        r"(?<=[^\W\d_]{3}[.?!])\s+(?=[A-ZÀ-ÞА-Я“«])|(?<=[)\]”»\d][.?!])\s+(?=[A-ZÀ-ÞА-Я“«])|(?<=。)",
        text,
    )


def _source(text: str, each: Located) -> bool:
    """A symbol that a sentence cites, or one of a resolution or decision."""
    before = text[max(0, each.start - 60) : each.start]
    kind = symbols.parse(each.symbol).kind
    return (
        bool(re.search(f"(?:{wording.CITED.pattern})$", before, re.IGNORECASE))
        or bool(wording.LOCUS.match(text, each.end))
        or kind in ("resolution", "decision")
    )


def _words_before(sentence: str, each: Located, verb: re.Match[str]) -> str | None:
    """The words by which a sentence names a paper: from its verb to the symbol."""
    if each.start < verb.end():
        return None
    taken = _OBJECT.search(verb[0])
    words = sentence[verb.start() + taken.end() if taken else verb.end() : each.start]
    words = re.split(r",? (?:contained|as set out|reproduced|issued) (?:in|as)\b", words)[0]
    words = re.split(r"\)[,;]?\s*(?:and\s)?|;\s", words)[-1]
    return _title(re.sub(r"^\W*(?:the|an?|le|la|les|el|los|un|une|una)\s", "", words))


def sentence_at(text: str, place: int) -> str:
    """The sentence that a place of a text stands in."""
    at = 0
    for sentence in sentences(text):
        at = text.find(sentence, at)
        if at <= place <= at + len(sentence):
            return sentence.strip()
        at += len(sentence)
    return text


def read_row(cells: Sequence[str]) -> list[ListedDocument]:
    """Papers of a table's row: a cell of symbols alone, and the longest other cell as title."""
    for at, cell in enumerate(cells):
        text = mended(cell)
        located = locate(text)
        rest = text
        for each in located:
            rest = rest.replace(text[each.start : each.end], " ")
        if not located or re.search(r"[^\W\d_]{4,}", rest):
            continue
        others = [
            each for n, each in enumerate(cells) if n != at and re.search(r"[^\W\d_]{3,}", each)
        ]
        title = _title(max(others, key=len)) if others else None
        return [ListedDocument(symbol=each.symbol, title=title) for each in located]
    return []
